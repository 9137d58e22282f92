package org.fondaco.custody.simulation;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import org.fondaco.custody.address.Keccak;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.chain.EvmBlock;
import org.fondaco.custody.chain.EvmNode;
import org.fondaco.custody.chain.ModelEvm;
import org.jspecify.annotations.Nullable;

/** A node of a chain of accounts that notes what it is handed, and may have lost an atom. */
final class WatchedEvm implements EvmNode {
  private final ModelEvm model;
  private final Nodes nodes;
  private String robbed = "";

  WatchedEvm(ModelEvm model, Nodes nodes) {
    this.model = model;
    this.nodes = nodes;
  }

  /** One atom of the coin is gone from this account; empty = from none. */
  void rob(String address) {
    robbed = address;
  }

  @Override
  public CoreNode.Sent send(String rawHex) {
    String hash = HexFormat.of().formatHex(Keccak.hash256(HexFormat.of().parseHex(rawHex)));
    return nodes.send(hash, rawHex, model::send);
  }

  @Override
  public BigInteger balance(String address, String blockHash) {
    BigInteger balance = model.balance(address, blockHash);
    return address.equals(robbed) ? balance.subtract(BigInteger.ONE) : balance;
  }

  @Override
  public long chainId() {
    return model.chainId();
  }

  @Override
  public long tip() {
    return model.tip();
  }

  @Override
  public Optional<String> blockHash(long height) {
    return model.blockHash(height);
  }

  @Override
  public Optional<EvmBlock> block(String hash) {
    return model.block(hash);
  }

  @Override
  public BigInteger tokenBalance(String contract, String address, String blockHash) {
    return model.tokenBalance(contract, address, blockHash);
  }

  @Override
  public boolean hasCode(String address) {
    return model.hasCode(address);
  }

  @Override
  public long nonce(String address) {
    return model.nonce(address);
  }

  @Override
  public long estimateGas(String from, String to, BigInteger value, String dataHex) {
    return model.estimateGas(from, to, value, dataHex);
  }

  @Override
  public @Nullable BigInteger baseFee() {
    return model.baseFee();
  }

  @Override
  public BigInteger suggestedPrice() {
    return model.suggestedPrice();
  }

  @Override
  public boolean knows(String hash) {
    return model.knows(hash);
  }
}
