package org.fondaco.bench;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.LongAdder;
import org.fondaco.bench.chain.OpenSslHash;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.chain.utxo.pow.NonceSearch;
import org.fondaco.chain.utxo.pow.PowFunction;
import org.jspecify.annotations.Nullable;

/** The miner's search for a nonce that no header has, beside OpenSSL where it has the function. */
final class HashRow implements Row {
  private static final int SECONDS = 3;
  private static final double TARGET = 0.8;

  private final String name;
  private final PowFunction function;
  private final boolean peer;

  HashRow(String name, PowFunction function, boolean peer) {
    this.name = name;
    this.function = function;
    this.peer = peer;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String summary() {
    return "hashes of headers a second on one thread" + (peer ? "; peer: OpenSSL in C" : "");
  }

  @Override
  public Result run(Plan plan) throws Exception {
    Path folder = Folders.make(plan, name);
    try {
      OpenSslHash openSsl = peer ? OpenSslHash.compile(folder, name) : null;
      check(openSsl);
      return openSsl == null ? alone(plan) : beside(plan, openSsl);
    } finally {
      Folders.delete(folder);
    }
  }

  private void check(@Nullable OpenSslHash openSsl) throws Exception {
    PowFunction.Hasher hasher = function.hasher();
    byte[] hash = new byte[PowFunction.HASH_BYTES];
    for (int i = 0; i < 20; i++) {
      byte[] header = new byte[PowFunction.HEADER_BYTES];
      Arrays.fill(header, (byte) (i / 3));
      header[PowFunction.HEADER_BYTES - 1] = (byte) i;
      hasher.hash(header, hash);
      byte[] expected = openSsl == null ? function.hash(header) : openSsl.hash(header);
      CheckFailed.that(Arrays.equals(hash, expected), "hash " + i + " is another");
    }
  }

  private Result beside(Plan plan, OpenSslHash openSsl) throws Exception {
    Alternation one =
        Alternation.of(1, plan.samples(), () -> rate(1), () -> openSsl.rate(1, SECONDS));
    int threads = Runtime.getRuntime().availableProcessors();
    Alternation all =
        Alternation.of(1, 3, () -> rate(threads), () -> openSsl.rate(threads, SECONDS));
    Map<String, List<Double>> samples = new LinkedHashMap<>(one.samples());
    all.samples().forEach((who, rates) -> samples.put(who + "OnAllProcessors", rates));
    return result(
        one.ours(),
        one.peer(),
        samples,
        List.of("twenty headers have the same hash on both"),
        List.of(
            String.format(
                java.util.Locale.ROOT,
                "On %d threads %,.0f beside %,.0f, ratio %.2f.",
                threads,
                all.ours(),
                all.peer(),
                all.ratio())));
  }

  private Result alone(Plan plan) throws Exception {
    List<Double> rates = new ArrayList<>();
    for (int i = -1; i < plan.samples(); i++) {
      double rate = rate(1);
      if (i >= 0) {
        rates.add(rate);
      }
    }
    return result(
        Alternation.median(rates),
        null,
        Map.of("ours", rates),
        List.of("hashes on used scratch space equal those on fresh"),
        List.of("There is no peer: nobody else has this function in a package."));
  }

  private Result result(
      double ours,
      @Nullable Double theirs,
      Map<String, List<Double>> samples,
      List<String> checks,
      List<String> notes)
      throws Exception {
    Double ratio = theirs == null ? null : Double.valueOf(ours / theirs);
    return new Result(
        name,
        "Nonces a second that the miner tries on one thread.",
        theirs == null
            ? "none."
            : "a C program with OpenSSL's SHA256_Update or EVP_PBE_scrypt, a new nonce each time.",
        ours,
        theirs,
        "hashes/s",
        ratio,
        theirs == null ? "none set" : "≥ 0.8 × OpenSSL",
        ratio == null || ratio >= TARGET,
        Machine.here(),
        Machine.commit(),
        Machine.jvmFlags(),
        samples,
        checks,
        notes);
  }

  private double rate(int threads) throws Exception {
    long start = System.nanoTime();
    long end = start + SECONDS * 1_000_000_000L;
    LongAdder hashes = new LongAdder();
    List<FutureTask<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int first = i;
      FutureTask<Void> task =
          new FutureTask<>(() -> {
            new NonceSearch(function, hashes)
                .find(
                    new byte[PowFunction.HEADER_BYTES],
                    BigInteger.ZERO,
                    first,
                    threads,
                    () -> System.nanoTime() > end);
            return null;
          });
      Thread.ofPlatform().daemon().start(task);
      tasks.add(task);
    }
    for (FutureTask<Void> task : tasks) {
      task.get();
    }
    return hashes.sum() * 1e9 / (System.nanoTime() - start);
  }
}
