package org.fondaco.chain.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code fondaco conformance evm} and {@code utxo}: runs the official vectors of the account chain
 * or of the UTXO chains and prints a table.
 */
public final class Conformance {
  private static final String ROW = "%-34s %-18s %8s %8s %9s%n";

  private Conformance() {}

  /** Every suite of a chain, or null if there is no chain of this name. */
  private static @Nullable List<Suite> suites(String chain) {
    return switch (chain) {
      case "evm" -> suites();
      case "utxo" -> UtxoSuites.all();
      default -> null;
    };
  }

  /** Every suite of the account chain, in the order of the table. */
  public static List<Suite> suites() {
    List<Suite> suites = new ArrayList<>(BasicSuites.all());
    suites.add(new VmSuite());
    suites.add(
        new StateSuite(
            "state-tests-constantinople",
            "ethereum/legacy-constantinople-state-and-vm.zip",
            "/GeneralStateTests/"));
    suites.add(
        new StateSuite("state-tests-13.3", "ethereum/state-tests-13.3.zip", "GeneralStateTests/"));
    suites.add(
        new BlockchainSuite(
            "blockchain-constantinople", "ethereum/legacy-constantinople-blockchain.zip"));
    suites.add(new BlockchainSuite("blockchain-13.3", "ethereum/blockchain-tests-13.3.zip"));
    return suites;
  }

  /**
   * Exit code 0 only if nothing failed.
   *
   * @param args {@code evm} or {@code utxo}, then names of suites to run those only
   */
  public static void main(String[] args) {
    List<String> arguments = List.of(args);
    List<Suite> suites = arguments.isEmpty() ? null : suites(arguments.getFirst());
    if (suites == null) {
      System.err.println(
          "fondaco: there is conformance evm or utxo, and names of suites after it.");
      System.exit(2);
      return;
    }
    String repository = System.getProperty("fondaco.repository", ".");
    boolean passed =
        run(
            Vectors.located(Path.of(repository).toAbsolutePath()),
            suites,
            arguments.subList(1, arguments.size()),
            System.out);
    System.exit(passed ? 0 : 1);
  }

  /**
   * Runs those of the suites that have these names, or all if there are none; true if nothing
   * failed and all were there.
   */
  static boolean run(Vectors vectors, List<Suite> suites, List<String> names, PrintStream out) {
    Map<String, String> exclusions = exclusions();
    boolean passed = true;
    int all = 0;
    out.printf(ROW, "suite", "fork", "run", "passed", "excluded");
    for (Suite suite : suites) {
      if (!names.isEmpty() && !names.contains(suite.name())) {
        continue;
      }
      Tally tally = new Tally(suite.name(), exclusions, out);
      try (tally) {
        suite.run(vectors, tally);
      } catch (RuntimeException e) {
        out.println(suite.name() + ": " + e.getMessage());
        passed = false;
      }
      tally
          .groups()
          .forEach((group, count) ->
              out.printf(ROW, suite.name(), group, count.run, count.passed, count.excluded));
      passed &= tally.allPassed();
      all += tally.groups().values().stream().mapToInt(count -> count.run).sum();
    }
    exclusions.forEach((test, reason) -> {
      String suite = test.substring(0, test.indexOf('/'));
      if (suites.stream().anyMatch(one -> one.name().equals(suite))) {
        out.println("excluded " + test + ": " + reason);
      }
    });
    out.println(all + " cases run, " + (passed ? "all passed" : "not all passed"));
    return passed && all > 0;
  }

  /** Lines of {@code suite/test<TAB>reason}; never a pattern. */
  static Map<String, String> exclusions() {
    Map<String, String> exclusions = new TreeMap<>();
    try (InputStream input = Conformance.class.getResourceAsStream("exclusions.txt")) {
      if (input == null) {
        throw new IllegalStateException("exclusions.txt is missing");
      }
      for (String line :
          new String(input.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          int tab = line.indexOf('\t');
          exclusions.put(line.substring(0, tab), line.substring(tab + 1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return exclusions;
  }
}
