package org.fondaco.bench;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fondaco.bench.chain.MinedChain;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.chain.store.RocksStore;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.Networks;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Transaction;

/** Random looks for unspent outputs of a chain that has a million on RocksDB. */
final class LookupRow implements Row {
  private static final int OUTPUTS_OF_BLOCK = 90_000;
  private static final int MATURITY = Consensus.COINBASE_MATURITY_BLOCKS;
  private static final byte[] ANYONE = {0x51};

  @Override
  public String name() {
    return "lookups";
  }

  @Override
  public String summary() {
    return "unspent outputs found a second among a million on RocksDB, one thread";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    int blocks = plan.quick() ? 2 : 12;
    int lookups = plan.quick() ? 100_000 : 400_000;
    Path folder = Folders.make(plan, "lookups");
    List<OutPoint> all = new ArrayList<>();
    try (UtxoChain chain = open(folder)) {
      fill(chain, blocks, all);
    }
    List<Double> rates = new ArrayList<>();
    Random random = new Random(plan.seed());
    try (UtxoChain chain = open(folder)) {
      for (int i = -1; i < plan.samples(); i++) {
        double rate = rate(chain, all, random, lookups);
        System.err.printf("  %s %,.0f%n", i < 0 ? "warm-up" : "sample", rate);
        if (i >= 0) {
          rates.add(rate);
        }
      }
    } finally {
      Folders.delete(folder);
    }
    return result(Alternation.median(rates), rates, all.size());
  }

  private Result result(double ours, List<Double> rates, int outputs) throws Exception {
    return new Result(
        name(),
        "Unspent outputs found a second, at random among those of a chain that was opened anew.",
        "none.",
        ours,
        null,
        "lookups/s",
        null,
        "none set",
        true,
        Machine.here(),
        Machine.commit(),
        Machine.jvmFlags(),
        Map.of("ours", rates),
        List.of("every output that was looked for was found"),
        List.of(outputs + " outputs; one thread."));
  }

  private static UtxoChain open(Path folder) {
    return UtxoChain.open(
        RocksStore.open(folder), Networks.bitcoinRegtest(), InstantSource.system());
  }

  private static void fill(UtxoChain chain, int blocks, List<OutPoint> all) {
    MinedChain mined = new MinedChain(chain.consensus());
    List<Block> first = new ArrayList<>();
    for (int i = 0; i < MATURITY + blocks; i++) {
      first.add(mined.next(List.of()));
      accept(chain, first.getLast());
    }
    for (int i = 0; i < blocks; i++) {
      Transaction coinbase = first.get(i).transactions().getFirst();
      long value = coinbase.outputs().getFirst().value();
      Transaction many =
          mined.spend(new OutPoint(coinbase.txid(), 0), value, OUTPUTS_OF_BLOCK, ANYONE);
      accept(chain, mined.next(List.of(many)));
      for (int k = 0; k < OUTPUTS_OF_BLOCK; k++) {
        all.add(new OutPoint(many.txid(), k));
      }
    }
  }

  private static void accept(UtxoChain chain, Block block) {
    UtxoChain.Acceptance acceptance = chain.accept(block);
    CheckFailed.that(
        acceptance instanceof UtxoChain.Acceptance.Connected, "a block was " + acceptance);
  }

  private static double rate(UtxoChain chain, List<OutPoint> all, Random random, int lookups) {
    long start = System.nanoTime();
    for (int i = 0; i < lookups; i++) {
      OutPoint outPoint = all.get(random.nextInt(all.size()));
      CheckFailed.that(chain.find(outPoint) != null, "an output is missing");
    }
    return lookups * 1e9 / (System.nanoTime() - start);
  }
}
