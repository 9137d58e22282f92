package org.fondaco.custody.payout;

import java.math.BigInteger;
import java.util.Optional;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.chain.CoreNode;

/** A node whose caller may die before and after a transaction is handed over. */
record DyingCore(CoreNode node, Crashes crashes) implements CoreNode {

  @Override
  public Sent send(String rawHex) {
    crashes.point();
    Sent sent = node.send(rawHex);
    crashes.point();
    return sent;
  }

  @Override
  public Optional<String> blockHash(long height) {
    return node.blockHash(height);
  }

  @Override
  public long tip() {
    return node.tip();
  }

  @Override
  public String bestHash() {
    return node.bestHash();
  }

  @Override
  public Optional<CoreBlock> block(String hash) {
    return node.block(hash);
  }

  @Override
  public Optional<Unspent> unspent(CoreBlock.OutPoint output, boolean withMempool) {
    return node.unspent(output, withMempool);
  }

  @Override
  public boolean inMempool(String txid) {
    return node.inMempool(txid);
  }

  @Override
  public BigInteger feeRate(int blocks) {
    return node.feeRate(blocks);
  }

  @Override
  public BigInteger minimumFeeRate() {
    return node.minimumFeeRate();
  }
}
