package org.fondaco.custody.chain;

import java.math.BigInteger;
import java.util.Optional;

/**
 * What custody asks of a node of a UTXO chain: Bitcoin Core's JSON-RPC without a wallet, as Core,
 * BCHN, litecoind and our own node serve it. Every method throws {@link NodeUnavailable} when there
 * is no answer, and {@link RpcError} when the node answers with an error that is not listed.
 */
public interface CoreNode {

  /** Hash of the block at a height of the node's best chain, empty beyond its tip. */
  Optional<String> blockHash(long height);

  /** Height of the node's best block. */
  long tip();

  /** True while the node knows of blocks that it does not have yet. */
  default boolean isSyncing() {
    return false;
  }

  /** Hash of the node's best block. */
  String bestHash();

  /** A block with its transactions, empty when the node does not have it. */
  Optional<CoreBlock> block(String hash);

  /** An unspent output of the best chain, or of it and the mempool. */
  Optional<Unspent> unspent(CoreBlock.OutPoint output, boolean withMempool);

  /** Hands over a signed transaction. A refusal is an answer, and never a proof of anything. */
  Sent send(String rawHex);

  /** True while the node's mempool has it. */
  boolean inMempool(String txid);

  /**
   * Atoms a kilo virtual byte for a confirmation within so many blocks; the least that is relayed
   * where the node cannot tell.
   */
  BigInteger feeRate(int blocks);

  /** Atoms a kilo virtual byte below which the node's mempool takes nothing now. */
  BigInteger minimumFeeRate();

  /**
   * An unspent output.
   *
   * @param bestHash of the block to which the answer belongs
   */
  record Unspent(String bestHash, long confirmations, BigInteger atoms, String script) {}

  /**
   * What the node said to a transaction.
   *
   * @param accepted by the mempool, now or before
   * @param message its words when it was not
   */
  record Sent(boolean accepted, int code, String message) {}
}
