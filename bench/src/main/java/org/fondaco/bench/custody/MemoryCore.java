package org.fondaco.bench.custody;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.chain.CoreNode;

/** A node of a chain of outputs that answers from memory and takes every transaction. */
final class MemoryCore implements CoreNode {
  private static final BigInteger RATE = BigInteger.valueOf(2_000);
  private static final BigInteger RATE_MIN = BigInteger.valueOf(1_000);

  private final List<CoreBlock> blocks = new ArrayList<>();
  private final Map<String, CoreBlock> byHash = new HashMap<>();
  private final Map<CoreBlock.OutPoint, BigInteger> unspent = new HashMap<>();
  private long sent;
  private long questions;

  MemoryCore() {
    append(List.of());
  }

  /** The next block. */
  CoreBlock append(List<CoreBlock.Transaction> transactions) {
    int height = blocks.size();
    String parent = height == 0 ? "0".repeat(64) : blocks.getLast().hash();
    CoreBlock block =
        new CoreBlock(
            height,
            Names.hash("core block", height),
            parent,
            1_700_000_000L + height,
            transactions);
    blocks.add(block);
    byHash.put(block.hash(), block);
    return block;
  }

  /** An output that is there when somebody asks. */
  void hold(CoreBlock.OutPoint point, BigInteger atoms) {
    unspent.put(point, atoms);
  }

  /** Transactions that were handed over. */
  long sent() {
    return sent;
  }

  /** How often an output was asked for. */
  long questions() {
    return questions;
  }

  @Override
  public Optional<String> blockHash(long height) {
    return height < blocks.size() ? Optional.of(blocks.get((int) height).hash()) : Optional.empty();
  }

  @Override
  public long tip() {
    return blocks.size() - 1L;
  }

  @Override
  public String bestHash() {
    return blocks.getLast().hash();
  }

  @Override
  public Optional<CoreBlock> block(String hash) {
    return Optional.ofNullable(byHash.get(hash));
  }

  @Override
  public Optional<Unspent> unspent(CoreBlock.OutPoint output, boolean withMempool) {
    questions++;
    return Optional.ofNullable(unspent.get(output))
        .map(atoms -> new Unspent(bestHash(), 1, atoms, ""));
  }

  @Override
  public Sent send(String rawHex) {
    sent++;
    return new Sent(true, 0, "");
  }

  @Override
  public boolean inMempool(String txid) {
    return true;
  }

  @Override
  public BigInteger feeRate(int within) {
    return RATE;
  }

  @Override
  public BigInteger minimumFeeRate() {
    return RATE_MIN;
  }
}
