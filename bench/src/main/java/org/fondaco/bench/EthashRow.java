package org.fondaco.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.ethash.EthashEngine;
import org.fondaco.chain.ethash.EthashEpoch;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import tools.jackson.databind.json.JsonMapper;

/** Mining on the dataset of epoch 0, beside the memory reads that no miner can avoid. */
final class EthashRow implements Row {
  private static final int THREADS = 2;
  private static final long NANOS = 1_000_000_000;
  private static final long SAMPLE_NANOS = 9 * NANOS;
  private static final int ACCESSES = 64;
  private static final int PAGE_WORDS = 32;
  private static final int PAGES = 1 << 23;
  private static final int FNV_PRIME = 0x01000193;

  @Override
  public String name() {
    return "ethash";
  }

  @Override
  public String summary() {
    return "hashes a second on two threads; peer: 64 dependent reads a hash over 1 GiB";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    Path folder = Folders.make(plan, "ethash");
    ChainConfig config = ChainConfig.read(JsonMapper.builder().build().readTree("{\"ethash\":{}}"));
    try (EthashEngine engine = EthashEngine.open(config, EthashEpoch.Size.FULL, folder)) {
      long start = System.nanoTime();
      CheckFailed.that(engine.prepare(0, () -> false), "there is no dataset");
      double seconds = (System.nanoTime() - start) / (double) NANOS;
      System.err.printf("  dataset of epoch 0 %.1f s%n", seconds);
      engine.setThreads(THREADS);
      check(engine);
      int[] memory = memory();
      Alternation result =
          Alternation.of(1, plan.samples(), () -> ours(engine), () -> bound(memory));
      return result(result, seconds);
    } finally {
      Folders.delete(folder);
    }
  }

  private Result result(Alternation result, double datasetSeconds) throws Exception {
    Map<String, List<Double>> samples = new LinkedHashMap<>(result.samples());
    samples.put("datasetSeconds", List.of(datasetSeconds));
    return new Result(
        name(),
        "Ethash hashes a second on two threads, on the file of epoch 0's dataset.",
        "a plain loop on two threads: for each hash 64 reads of 128 bytes at random places of a"
            + " gibibyte, each place known only when the read before is done.",
        result.ours(),
        result.peer(),
        "hashes/s",
        result.ratio(),
        "≥ 0.5 × the plain loop",
        result.ratio() >= 0.5,
        Machine.here(),
        Machine.commit(),
        Machine.jvmFlags(),
        samples,
        List.of("a seal found on the dataset was good for the verifier, which has only the cache"),
        List.of(
            String.format(
                Locale.ROOT,
                "Making the dataset took %.1f s on %d processors; go-ethereum takes 6 to 9 minutes"
                    + " on two.",
                datasetSeconds,
                Runtime.getRuntime().availableProcessors()),
            "The loop computes one hash at a time on each thread; the miner has 16 nonces in hand,"
                + " so that their reads wait together."));
  }

  /** A seal of some ten thousand hashes. */
  private static void check(EthashEngine engine) throws InterruptedException {
    BlockHeader sealed = engine.seal(header(U256.of(50_000)), () -> false);
    CheckFailed.that(sealed != null && engine.check(sealed) == null, "a wrong seal");
  }

  private static double ours(EthashEngine engine) throws InterruptedException {
    long end = System.nanoTime() + SAMPLE_NANOS;
    var sealed = engine.seal(header(U256.MAX), () -> System.nanoTime() > end);
    CheckFailed.that(sealed == null, "a seal that nobody can find");
    return engine.hashRate();
  }

  private static BlockHeader header(U256 difficulty) {
    return new BlockHeader(
        Hash.ZERO,
        BlockHeader.NO_UNCLES,
        Address.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        new byte[BlockHeader.BLOOM_BYTES],
        difficulty,
        1,
        8_000_000,
        0,
        1,
        new byte[0],
        Hash.ZERO,
        0,
        null,
        null,
        null,
        null,
        null);
  }

  private static int[] memory() {
    int[] memory = new int[PAGES * PAGE_WORDS];
    for (int i = 0; i < memory.length; i++) {
      memory[i] = Integer.rotateLeft(i * 0x9e3779b9, i);
    }
    return memory;
  }

  private static double bound(int[] memory) throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    long end = start + SAMPLE_NANOS;
    List<FutureTask<Long>> loops = new java.util.ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      long salt = (i + 1L) << 40;
      Callable<Long> loop = () -> loop(memory, salt, end);
      FutureTask<Long> task = new FutureTask<>(loop);
      Thread.ofPlatform().daemon().start(task);
      loops.add(task);
    }
    long hashes = 0;
    for (FutureTask<Long> each : loops) {
      hashes += each.get();
    }
    return hashes * (double) NANOS / (System.nanoTime() - start);
  }

  private static long loop(int[] memory, long salt, long end) {
    long hashes = 0;
    int used = 0;
    while (System.nanoTime() < end) {
      for (int i = 0; i < 64; i++) {
        // Begins anywhere, as the nonce of a hash does; else the places would soon repeat.
        int place = (int) ((salt + hashes) * 0x9e3779b97f4a7c15L >>> 32);
        for (int access = 0; access < ACCESSES; access++) {
          int at = (place >>> 9) * PAGE_WORDS;
          int sum = access;
          for (int word = 0; word < PAGE_WORDS; word++) {
            sum ^= memory[at + word] * FNV_PRIME;
          }
          place = sum * 0x9e3779b9 ^ place * 31;
        }
        used ^= place;
        hashes++;
      }
    }
    return used == 0 ? hashes + 1 : hashes; // the sums count, so the reads cannot be left out
  }
}
