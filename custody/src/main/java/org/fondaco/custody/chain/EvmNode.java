package org.fondaco.custody.chain;

import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What custody asks of a node of an account chain: Ethereum's public JSON-RPC. Addresses are 20
 * bytes in hexadecimal without prefix, amounts wei. Every method throws {@link NodeUnavailable}
 * when there is no answer, and {@link RpcError} when the node answers with an error that is not
 * listed.
 */
public interface EvmNode {

  long chainId();

  /** Number of the node's head. */
  long tip();

  /** True while the node knows of blocks that it does not have yet. */
  default boolean isSyncing() {
    return false;
  }

  Optional<String> blockHash(long height);

  /** A block with its receipts, empty when the node does not have it. */
  Optional<EvmBlock> block(String hash);

  /** Balance after a block. */
  BigInteger balance(String address, String blockHash);

  /** {@code balanceOf} after a block. */
  BigInteger tokenBalance(String contract, String address, String blockHash);

  /** True when an account has code at the head. */
  boolean hasCode(String address);

  /** Transactions mined from an address, at the head. */
  long nonce(String address);

  /** Gas that a call would use at the head. */
  long estimateGas(String from, String to, BigInteger value, String dataHex);

  /** Base fee of the head, null before EIP-1559. */
  @Nullable BigInteger baseFee();

  /** What the node suggests: a tip after EIP-1559, the whole price before. */
  BigInteger suggestedPrice();

  /** Hands over a signed transaction. A refusal is an answer, and never a proof of anything. */
  CoreNode.Sent send(String rawHex);

  /** True while the node knows the transaction, mined or not. */
  boolean knows(String hash);
}
