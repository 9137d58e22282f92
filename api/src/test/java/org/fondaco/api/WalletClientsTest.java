package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.KeyRequest;
import org.fondaco.api.security.Permission;
import org.fondaco.custody.chain.ChainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ccxt and Binance's own connector, unmodified, deposit and withdraw at a venue whose custody has
 * no chains: {@code wallet-clients.js} says what they must be told.
 */
class WalletClientsTest {
  private static final Path SCRIPTS = Path.of("src", "test", "npm");
  private static final int MINUTES_MAX = 5;
  private static final long COIN = 100_000_000;

  @TempDir Path data;

  @Test
  void clientsThatOthersWroteDepositAndWithdraw() throws Exception {
    AtomicReference<TestCustody> custody = new AtomicReference<>();
    try (TestVenue venue =
        TestVenue.start(
                data.resolve("venue"),
                present -> {
                  custody.set(new TestCustody(present));
                  return custody.get().capital();
                })
            .seed()) {
      try (TestCustody made = custody.get()) {
        ApiKeys.NewKey key = key(venue);
        ApiClient client = new ApiClient(venue.venue().address(), key);
        client.signed("GET", "/sapi/v1/capital/deposit/address", "coin=BTC");
        made.deposit(TestVenue.BOB, ChainName.BTC, TestVenue.BTC, 3 * COIN, 99, "SEEN");
        made.deposit(TestVenue.BOB, ChainName.BTC, TestVenue.BTC, COIN / 2, 90, "CREDITED");
        if (!Files.exists(SCRIPTS.resolve("node_modules").resolve("ccxt"))) {
          run(Map.of(), "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");
        }
        run(
            Map.of(
                "VENUE", venue.venue().address().toString(),
                "API_KEY", key.apiKey(),
                "SECRET_KEY", key.secretKey(),
                "FOREIGN", TestCustody.FOREIGN),
            "node",
            "wallet-clients.js");
      }
    }
  }

  private static ApiKeys.NewKey key(TestVenue venue) throws Exception {
    return venue
        .venue()
        .keys()
        .createHmac(
            venue.userOf(TestVenue.BOB),
            TestVenue.BOB,
            KeyRequest.of(
                "wallet",
                EnumSet.of(Permission.USER_DATA, Permission.WITHDRAW),
                List.of("127.0.0.0/8", "::1")));
  }

  private void run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = data.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(SCRIPTS.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }
}
