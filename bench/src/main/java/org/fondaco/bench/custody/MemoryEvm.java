package org.fondaco.bench.custody;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.chain.EvmBlock;
import org.fondaco.custody.chain.EvmNode;

/** A node of an account chain that answers from memory and takes every transaction. */
final class MemoryEvm implements EvmNode {
  private static final BigInteger GIGA = BigInteger.TEN.pow(9);
  private static final long TRANSFER_GAS = 52_000;

  private final List<EvmBlock> blocks = new ArrayList<>();
  private final Map<String, EvmBlock> byHash = new HashMap<>();
  private final Map<String, BigInteger> balances = new HashMap<>();
  private long sent;
  private long questions;

  MemoryEvm() {
    append(List.of(), List.of());
  }

  /** The next block; receipts are made to name it. */
  EvmBlock append(List<EvmBlock.Transaction> transactions, List<List<EvmBlock.Log>> logs) {
    int height = blocks.size();
    String hash = Names.hash("evm block", height);
    List<EvmBlock.Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < transactions.size(); i++) {
      receipts.add(
          new EvmBlock.Receipt(
              transactions.get(i).hash(),
              hash,
              true,
              GIGA.multiply(BigInteger.valueOf(21_000)),
              logs.get(i)));
    }
    EvmBlock block =
        new EvmBlock(
            height,
            hash,
            height == 0 ? "0".repeat(64) : blocks.getLast().hash(),
            1_700_000_000L + height,
            GIGA,
            transactions,
            receipts);
    blocks.add(block);
    byHash.put(hash, block);
    return block;
  }

  /** A balance that is there when somebody asks; the contract's name is empty for the coin. */
  void hold(String contract, String address, BigInteger atoms) {
    balances.put(contract + address, atoms);
  }

  /** Transactions that were handed over. */
  long sent() {
    return sent;
  }

  /** How often a balance was asked for. */
  long questions() {
    return questions;
  }

  @Override
  public long chainId() {
    return 1_337;
  }

  @Override
  public long tip() {
    return blocks.size() - 1L;
  }

  @Override
  public Optional<String> blockHash(long height) {
    return height < blocks.size() ? Optional.of(blocks.get((int) height).hash()) : Optional.empty();
  }

  @Override
  public Optional<EvmBlock> block(String hash) {
    return Optional.ofNullable(byHash.get(hash));
  }

  @Override
  public BigInteger balance(String address, String blockHash) {
    questions++;
    return balances.getOrDefault(address, BigInteger.ZERO);
  }

  @Override
  public BigInteger tokenBalance(String contract, String address, String blockHash) {
    questions++;
    return balances.getOrDefault(contract + address, BigInteger.ZERO);
  }

  @Override
  public boolean hasCode(String address) {
    return false;
  }

  @Override
  public long nonce(String address) {
    return 0;
  }

  @Override
  public long estimateGas(String from, String to, BigInteger value, String dataHex) {
    return TRANSFER_GAS;
  }

  @Override
  public BigInteger baseFee() {
    return GIGA;
  }

  @Override
  public BigInteger suggestedPrice() {
    return GIGA;
  }

  @Override
  public CoreNode.Sent send(String rawHex) {
    sent++;
    return new CoreNode.Sent(true, 0, "");
  }

  @Override
  public boolean knows(String hash) {
    return true;
  }
}
