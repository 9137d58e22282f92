package org.fondaco.chain.rpc.eth;

import java.time.Duration;
import org.fondaco.chain.word.U256;

/**
 * What {@code eth_*} allows.
 *
 * @param gasCap gas of a simulated call: geth's {@code --rpc.gascap}
 * @param callTime time of a simulated call: geth's {@code --rpc.evmtimeout}
 * @param feeCap what a transaction sent here may cost in gas, in wei; zero for any: geth's {@code
 *     --rpc.txfeecap}
 * @param unprotected whether transactions without a chain id are taken: geth's {@code
 *     --rpc.allow-unprotected-txs}
 * @param logBlocksMax blocks of one search for logs
 * @param logsMax logs of one search
 */
public record EthSettings(
    long gasCap,
    Duration callTime,
    U256 feeCap,
    boolean unprotected,
    long logBlocksMax,
    int logsMax) {
  public static final EthSettings DEFAULT =
      new EthSettings(
          50_000_000,
          Duration.ofSeconds(5),
          U256.of(1_000_000_000_000_000_000L),
          false,
          100_000,
          10_000);
}
