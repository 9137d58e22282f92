package org.fondaco.custody.reconciliation;

import java.math.BigInteger;
import java.util.Optional;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.chain.EvmBlock;
import org.fondaco.custody.chain.EvmNode;
import org.jspecify.annotations.Nullable;

/** Nodes over model chains, for what a reconciliation asks. */
final class ModelNodes {

  private ModelNodes() {}

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("a reconciliation does not ask this");
  }

  record Core(ModelChain chain) implements CoreNode {
    @Override
    public Optional<String> blockHash(long height) {
      return chain.hash(height);
    }

    @Override
    public long tip() {
      return chain.height();
    }

    @Override
    public String bestHash() {
      return chain.head();
    }

    @Override
    public Optional<Unspent> unspent(CoreBlock.OutPoint output, boolean withMempool) {
      BigInteger atoms = chain.state.getOrDefault(output.toString(), BigInteger.ZERO);
      return atoms.signum() == 0
          ? Optional.empty()
          : Optional.of(new Unspent(chain.head(), 1, atoms, ""));
    }

    @Override
    public Optional<CoreBlock> block(String hash) {
      throw unused();
    }

    @Override
    public Sent send(String rawHex) {
      throw unused();
    }

    @Override
    public boolean inMempool(String txid) {
      throw unused();
    }

    @Override
    public BigInteger feeRate(int blocks) {
      throw unused();
    }

    @Override
    public BigInteger minimumFeeRate() {
      throw unused();
    }
  }

  record Evm(ModelChain chain) implements EvmNode {
    @Override
    public Optional<String> blockHash(long height) {
      return chain.hash(height);
    }

    @Override
    public long tip() {
      return chain.height();
    }

    @Override
    public BigInteger balance(String address, String blockHash) {
      return chain.state.getOrDefault(address + "|2", BigInteger.ZERO);
    }

    @Override
    public BigInteger tokenBalance(String contract, String address, String blockHash) {
      return chain.state.getOrDefault(address + "|5", BigInteger.ZERO);
    }

    @Override
    public long chainId() {
      throw unused();
    }

    @Override
    public Optional<EvmBlock> block(String hash) {
      throw unused();
    }

    @Override
    public boolean hasCode(String address) {
      throw unused();
    }

    @Override
    public long nonce(String address) {
      throw unused();
    }

    @Override
    public long estimateGas(String from, String to, BigInteger value, String dataHex) {
      throw unused();
    }

    @Override
    public @Nullable BigInteger baseFee() {
      throw unused();
    }

    @Override
    public BigInteger suggestedPrice() {
      throw unused();
    }

    @Override
    public CoreNode.Sent send(String rawHex) {
      throw unused();
    }

    @Override
    public boolean knows(String hash) {
      throw unused();
    }
  }
}
