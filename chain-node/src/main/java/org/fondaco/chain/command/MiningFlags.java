package org.fondaco.chain.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.fondaco.chain.account.Accounts;
import org.fondaco.chain.mining.MinerSettings;
import org.fondaco.chain.node.NodeConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Geth's flags for mining. */
final class MiningFlags {
  @Option(
      names = "--mine",
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      description = "mine from the start")
  boolean mine;

  @Option(
      names = "--miner.threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "threads that mine; 0 for every processor (default: ${DEFAULT-VALUE})")
  int threads;

  @Option(
      names = {"--miner.etherbase", "--etherbase"},
      paramLabel = "ADDRESS",
      description = "who is paid for blocks (default: the first account)")
  @Nullable String etherbase;

  @Option(
      names = "--miner.gaslimit",
      paramLabel = "GAS",
      description = "what the gas limit of blocks moves towards")
  @Nullable Long gasLimit;

  @Option(
      names = "--miner.extradata",
      paramLabel = "TEXT",
      description = "in every header that this node makes, at most 32 bytes")
  @Nullable String extraData;

  @Option(
      names = "--dev.period",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "seal a block every so often; 0 when there is a transaction (default)")
  long periodSeconds;

  @Option(
      names = "--dev.depth",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "after a block with transactions seal N more, one a second (default: ${DEFAULT-VALUE})")
  int depth;

  @Option(
      names = "--ethash.dagdir",
      paramLabel = "DIR",
      description = "folder of Ethash's datasets, a gibibyte and more each (default: ~/.ethash)")
  @Nullable Path datasets;

  /** Geth's own folder by default: the files are the same, and dear to make. */
  Path datasets() {
    return datasets != null ? datasets : Path.of(System.getProperty("user.home"), ".ethash");
  }

  NodeConfig.Mining mining(Accounts accounts) {
    if (threads < 0 || threads > 1024) {
      throw new CommandFailed("--miner.threads is 0 to 1024, not " + threads);
    }
    if (gasLimit != null && gasLimit < 5000) { // the Yellow Paper's least gas limit
      throw new CommandFailed("--miner.gaslimit is at least 5000, not " + gasLimit);
    }
    byte[] extra = extraData == null ? null : extraData.getBytes(StandardCharsets.UTF_8);
    if (extra != null && extra.length > 32) {
      throw new CommandFailed("--miner.extradata has " + extra.length + " bytes, at most 32");
    }
    return new NodeConfig.Mining(
        mine,
        threads,
        etherbase == null ? null : AccountNames.resolve(accounts, etherbase),
        gasLimit == null ? 0 : gasLimit,
        extra,
        instant());
  }

  private MinerSettings.Instant instant() {
    if (periodSeconds < 0 || depth < 0) {
      throw new CommandFailed("--dev.period and --dev.depth are not negative");
    }
    return periodSeconds > 0
        ? new MinerSettings.Instant.Every(Duration.ofSeconds(periodSeconds))
        : new MinerSettings.Instant.OnTransaction(depth);
  }
}
