package org.fondaco.custody.simulation;

import fr.acinq.bitcoin.Transaction;
import java.math.BigInteger;
import java.util.Optional;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.chain.ModelCore;
import org.jspecify.annotations.Nullable;

/** A node of a chain of outputs that notes what it is handed, and may have lost an atom. */
final class WatchedCore implements CoreNode {
  private final ModelCore model;
  private final Nodes nodes;
  private CoreBlock.@Nullable OutPoint robbed;

  WatchedCore(ModelCore model, Nodes nodes) {
    this.model = model;
    this.nodes = nodes;
  }

  /** One atom of this output is gone; null = of none. */
  void rob(CoreBlock.@Nullable OutPoint output) {
    robbed = output;
  }

  @Override
  public Sent send(String rawHex) {
    return nodes.send(Transaction.read(rawHex).txid.toString(), rawHex, model::send);
  }

  @Override
  public Optional<Unspent> unspent(CoreBlock.OutPoint output, boolean withMempool) {
    Optional<Unspent> unspent = model.unspent(output, withMempool);
    return output.equals(robbed)
        ? unspent.map(u ->
            new Unspent(
                u.bestHash(), u.confirmations(), u.atoms().subtract(BigInteger.ONE), u.script()))
        : unspent;
  }

  @Override
  public Optional<String> blockHash(long height) {
    return model.blockHash(height);
  }

  @Override
  public long tip() {
    return model.tip();
  }

  @Override
  public String bestHash() {
    return model.bestHash();
  }

  @Override
  public Optional<CoreBlock> block(String hash) {
    return model.block(hash);
  }

  @Override
  public boolean inMempool(String txid) {
    return model.inMempool(txid);
  }

  @Override
  public BigInteger feeRate(int blocks) {
    return model.feeRate(blocks);
  }

  @Override
  public BigInteger minimumFeeRate() {
    return model.minimumFeeRate();
  }
}
