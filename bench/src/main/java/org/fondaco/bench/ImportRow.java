package org.fondaco.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.bench.chain.CoreNode;
import org.fondaco.bench.chain.MinedChain;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.Networks;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Transaction;
import tools.jackson.databind.JsonNode;

/** Full blocks of signed inputs, given to a node that has not seen them, beside litecoind. */
final class ImportRow implements Row {
  private static final int BLOCKS_OF_SAMPLE = 2;
  private static final int WARM_UPS = 2;

  @Override
  public String name() {
    return "import";
  }

  @Override
  public String summary() {
    return "signed inputs a second through submitblock, full blocks; peer: litecoind";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    int inputs = plan.quick() ? 2_000 : 9_000;
    int segments = WARM_UPS + plan.samples();
    Path folder = Folders.make(plan, "import");
    try (CoreNode ours = CoreNode.fondaco(folder.resolve("ours"));
        CoreNode peer = CoreNode.litecoind(folder.resolve("peer"))) {
      List<List<byte[]>> blocks = new ArrayList<>();
      for (byte[] body : prepare(segments, inputs, blocks)) {
        submit(ours, body);
        submit(peer, body);
      }
      int[] next = new int[2];
      Alternation result =
          Alternation.of(
              WARM_UPS,
              plan.samples(),
              () -> rate(ours, blocks.get(next[0]++), inputs),
              () -> rate(peer, blocks.get(next[1]++), inputs));
      checkEqual(ours, peer);
      return result(result, inputs);
    } finally {
      Folders.delete(folder);
    }
  }

  private Result result(Alternation result, int inputs) throws Exception {
    return new Result(
        name(),
        "Signed P2WPKH inputs a second while a node takes full blocks by submitblock, JSON and disk"
            + " included; it has seen none of their transactions before.",
        "litecoind 0.21 with a transaction index, given the same blocks.",
        result.ours(),
        result.peer(),
        "inputs/s",
        result.ratio(),
        "none set; beside the peer",
        true,
        Machine.here(),
        Machine.commit(),
        Machine.jvmFlags(),
        result.samples(),
        List.of(
            "both took every block",
            "tip, number and sum of the unspent outputs are the same on both afterwards"),
        List.of(
            String.format(
                java.util.Locale.ROOT,
                "Litecoin regtest; a sample is %d blocks of %,d transactions with one input each.",
                BLOCKS_OF_SAMPLE,
                inputs)));
  }

  /** Blocks that come before, and then those of each sample. */
  private static List<byte[]> prepare(int segments, int inputs, List<List<byte[]>> samples) {
    MinedChain chain = new MinedChain(Networks.litecoinRegtest());
    List<byte[]> before = new ArrayList<>();
    List<Block> first = new ArrayList<>();
    for (int i = 0; i < Consensus.COINBASE_MATURITY_BLOCKS + segments; i++) {
      first.add(chain.next(List.of()));
      before.add(body(first.getLast()));
    }
    List<Transaction> fans = new ArrayList<>();
    for (int i = 0; i < segments; i++) {
      Transaction coinbase = first.get(i).transactions().getFirst();
      long value = coinbase.outputs().getFirst().value();
      OutPoint outPoint = new OutPoint(coinbase.txid(), 0);
      fans.add(chain.spend(outPoint, value, BLOCKS_OF_SAMPLE * inputs));
      before.add(body(chain.next(List.of(fans.getLast()))));
    }
    for (Transaction fan : fans) {
      List<byte[]> bodies = new ArrayList<>();
      long value = fan.outputs().getFirst().value();
      for (int block = 0; block < BLOCKS_OF_SAMPLE; block++) {
        List<Transaction> spends = new ArrayList<>(inputs);
        for (int i = 0; i < inputs; i++) {
          spends.add(chain.spend(new OutPoint(fan.txid(), block * inputs + i), value, 1));
        }
        bodies.add(body(chain.next(spends)));
      }
      samples.add(bodies);
    }
    return before;
  }

  private static byte[] body(Block block) {
    return CoreNode.body("submitblock", HexFormat.of().formatHex(block.encode()));
  }

  private static void submit(CoreNode node, byte[] body) throws IOException, InterruptedException {
    JsonNode answer = node.call(body);
    CheckFailed.that(answer.isNull(), "a block was " + answer);
  }

  private static double rate(CoreNode node, List<byte[]> bodies, int inputs)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    for (byte[] body : bodies) {
      submit(node, body);
    }
    return (double) bodies.size() * inputs * 1e9 / (System.nanoTime() - start);
  }

  private static void checkEqual(CoreNode ours, CoreNode peer)
      throws IOException, InterruptedException {
    JsonNode our = ours.call(CoreNode.body("gettxoutsetinfo"));
    JsonNode their = peer.call(CoreNode.body("gettxoutsetinfo"));
    for (String field : List.of("bestblock", "height", "txouts", "total_amount", "bogosize")) {
      CheckFailed.that(
          our.path(field).equals(their.path(field)),
          field + ": " + our.path(field) + ", litecoind's " + their.path(field));
    }
  }
}
