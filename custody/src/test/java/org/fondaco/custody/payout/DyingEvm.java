package org.fondaco.custody.payout;

import java.math.BigInteger;
import java.util.Optional;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.chain.EvmBlock;
import org.fondaco.custody.chain.EvmNode;
import org.jspecify.annotations.Nullable;

/** A node whose caller may die before and after a transaction is handed over. */
record DyingEvm(EvmNode node, Crashes crashes) implements EvmNode {

  @Override
  public CoreNode.Sent send(String rawHex) {
    crashes.point();
    CoreNode.Sent sent = node.send(rawHex);
    crashes.point();
    return sent;
  }

  @Override
  public long chainId() {
    return node.chainId();
  }

  @Override
  public long tip() {
    return node.tip();
  }

  @Override
  public Optional<String> blockHash(long height) {
    return node.blockHash(height);
  }

  @Override
  public Optional<EvmBlock> block(String hash) {
    return node.block(hash);
  }

  @Override
  public BigInteger balance(String address, String blockHash) {
    return node.balance(address, blockHash);
  }

  @Override
  public BigInteger tokenBalance(String contract, String address, String blockHash) {
    return node.tokenBalance(contract, address, blockHash);
  }

  @Override
  public boolean hasCode(String address) {
    return node.hasCode(address);
  }

  @Override
  public long nonce(String address) {
    return node.nonce(address);
  }

  @Override
  public long estimateGas(String from, String to, BigInteger value, String dataHex) {
    return node.estimateGas(from, to, value, dataHex);
  }

  @Override
  public @Nullable BigInteger baseFee() {
    return node.baseFee();
  }

  @Override
  public BigInteger suggestedPrice() {
    return node.suggestedPrice();
  }

  @Override
  public boolean knows(String hash) {
    return node.knows(hash);
  }
}
