package org.fondaco.bench.chain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The C program that hashes headers with OpenSSL, compiled on the spot. */
public final class OpenSslHash {
  private static final Path SOURCE = Path.of("bench", "src", "peer", "c", "hash.c");

  private final Path program;
  private final String function;

  private OpenSslHash(Path program, String function) {
    this.program = program;
    this.function = function;
  }

  /**
   * Compiles it.
   *
   * @param function {@code sha256d} or {@code scrypt}
   * @throws IOException if there is no C compiler, or OpenSSL's headers are missing
   */
  public static OpenSslHash compile(Path folder, String function)
      throws IOException, InterruptedException {
    Path program = folder.resolve("hash");
    run(
        "cc",
        "-O3",
        "-march=native",
        "-Wno-deprecated-declarations",
        "-pthread",
        "-o",
        program.toString(),
        SOURCE.toString(),
        "-lcrypto");
    return new OpenSslHash(program, function);
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(
          String.join(" ", command) + " (of the packages gcc and libssl-dev): " + output);
    }
    return output.strip();
  }

  private String call(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString(), function));
    command.addAll(Arrays.asList(arguments));
    return run(command.toArray(String[]::new));
  }

  /** The hash of a header, for a check. */
  public byte[] hash(byte[] header) throws IOException, InterruptedException {
    return HexFormat.of().parseHex(call(HexFormat.of().formatHex(header)));
  }

  /** Hashes a second. */
  public double rate(int threads, int seconds) throws IOException, InterruptedException {
    return Double.parseDouble(call(Integer.toString(threads), Integer.toString(seconds)));
  }
}
