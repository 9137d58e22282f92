package org.fondaco.chain.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.fondaco.chain.command.NodeCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The walk that users of geth arrive with, word for word, against {@code fondaco node run} in a
 * process of its own: through a pipe, and then at a pseudo-terminal. Only the dataset is tiny, so
 * that it takes seconds.
 */
@Timeout(240)
class WalkTest {
  private static final String ENODE =
      "enode://" + "1dd9d65c4552b5eb".repeat(8) + "@127.0.0.1:30304";

  @TempDir Path folder;

  @Test
  void theWalk() throws Exception {
    Path genesis = genesis();
    assertThat(run("init", "--datadir", "data0", genesis.toString())).isZero();
    Process node =
        start(
            List.of(),
            command(
                "run",
                "--datadir",
                "data0",
                "--networkid",
                "1024",
                "--nodiscover",
                "--http",
                "--http.port",
                "0",
                "--ethash.dagdir",
                "dag"));
    try {
      List<String> log = new ArrayList<>();
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
      logUntil(lines, log, "fondaco.ipc");
      piped();
      logUntil(lines, log, "percentage=100");
      Thread.startVirtualThread(() -> lines.lines().forEach(line -> {}));
      atATerminal();
    } finally {
      node.destroy();
      assertThat(node.waitFor(30, TimeUnit.SECONDS)).as("SIGTERM ends the node").isTrue();
    }
  }

  private void piped() throws Exception {
    List<String> shown =
        attach(
            """
            personal.newAccount()
            first
            first
            personal.newAccount()
            second
            second
            eth.accounts
            eth.getBalance(eth.accounts[0])
            miner.start(1)
            admin.sleepBlocks(3)
            miner.stop()
            eth.getBlock(0).hash == eth.getBlock(1).parentHash
            web3.fromWei(eth.getBalance(eth.accounts[0]),'ether') / eth.blockNumber
            personal.unlockAccount(eth.accounts[0], "first")
            eth.sendTransaction({from: eth.accounts[0], to: eth.accounts[1], value: web3.toWei(10,'ether')}).length
            txpool.status.pending
            eth.getBlock("pending", true).transactions.length
            eth.getBlock("pending", true).transactions[0].value
            miner.start(1);admin.sleepBlocks(1);miner.stop();
            web3.fromWei(eth.getBalance(eth.accounts[1]),'ether')
            txpool.status.pending
            eth.getTransaction(eth.getBlock('latest').transactions[0] || eth.getBlock(eth.blockNumber - 1).transactions[0]).value
            /^enode:..[0-9a-f]{128}@/.test(admin.nodeInfo.enode)
            admin.addPeer("%s")
            admin.peers
            net.peerCount
            net.version
            """
                .formatted(ENODE));
    String first = shown.get(0);
    String second = shown.get(1);
    assertThat(first).matches("\"0x[0-9a-f]{40}\"").isNotEqualTo(second);
    assertThat(shown.subList(2, shown.size()))
        .containsExactly(
            "[" + first + ", " + second + "]",
            "0",
            "null",
            "true",
            "null",
            "true",
            "5",
            "true",
            "66",
            "1",
            "1",
            "10000000000000000000",
            "null",
            "10",
            "0",
            "10000000000000000000",
            "true",
            "true",
            "[]",
            "0",
            "\"1024\"");
  }

  /** {@code script} of util-linux gives the console a terminal of its own. */
  private void atATerminal() throws Exception {
    String attach =
        String.join(
            " ", command("attach", "--datadir", "data0").stream().map(WalkTest::quoted).toList());
    Process script = start(List.of("script", "-qec", attach, "/dev/null"), List.of());
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    try (OutputStream keys = script.getOutputStream();
        InputStream screen = script.getInputStream()) {
      assertThat(await(screen, seen, "type exit"))
          .contains("Welcome to the Fondaco JavaScript console!")
          .contains("coinbase: 0x")
          .contains("modules: admin:1.0");
      type(keys, screen, seen, "personal.unlockAc\teth.accounts[1])\r", "Passphrase: ");
      assertThat(type(keys, screen, seen, "second\r", "true")).doesNotContain("second");
      type(keys, screen, seen, "eth.sendTransaction({\r", "... ");
      type(
          keys,
          screen,
          seen,
          "from: eth.accounts[1], to: eth.accounts[0], value: web3.toWei(1,'ether')})\r",
          "\"0x");
      assertThat(type(keys, screen, seen, "txpool.status\r", "}")).contains("pending: ");
      type(keys, screen, seen, "miner.start(1);admin.sleepBlocks(1);miner.stop();\r", "null");
      type(keys, screen, seen, "'count ' + eth.getTransactionCount(eth.accounts[1])\r", "count 1");
      await(screen, seen, "> ");
      keys.write(4);
      keys.flush();
      assertThat(script.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(script.exitValue()).isZero();
    assertThat(Files.readString(folder.resolve("data0/history")))
        .contains("txpool.status")
        .doesNotContain("second")
        .doesNotContain("personal");
  }

  /** Presses keys and returns what the screen showed until {@code end}. */
  private static String type(
      OutputStream keys, InputStream screen, ByteArrayOutputStream seen, String typed, String end)
      throws IOException {
    keys.write(typed.getBytes(StandardCharsets.UTF_8));
    keys.flush();
    return await(screen, seen, end);
  }

  private static String await(InputStream screen, ByteArrayOutputStream seen, String end)
      throws IOException {
    seen.reset();
    for (int each = screen.read(); each >= 0; each = screen.read()) {
      seen.write(each);
      String text =
          seen.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "");
      if (text.endsWith(end)) {
        return text;
      }
    }
    throw new AssertionError("no " + end + " in " + seen.toString(StandardCharsets.UTF_8));
  }

  private Path genesis() throws IOException {
    try (InputStream walk =
        NodeCommand.class.getResourceAsStream("/org/fondaco/chain/node/walk-genesis.json")) {
      String text = new String(Objects.requireNonNull(walk).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text).contains("\"ethash\": {}");
      return Files.writeString(
          folder.resolve("genesis.json"),
          text.replace("\"ethash\": {}", "\"ethash\": {\"tiny\": true}"));
    }
  }

  private List<String> attach(String typed) throws Exception {
    Path in = Files.writeString(folder.resolve("in"), typed);
    Path out = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(command("attach", "--datadir", "data0"))
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    int code = builder.start().waitFor();
    assertThat(code).as(Files.readString(out)).isZero();
    return Files.readAllLines(out);
  }

  private int run(String... arguments) throws IOException, InterruptedException {
    return new ProcessBuilder(command(arguments))
        .directory(folder.toFile())
        .inheritIO()
        .start()
        .waitFor();
  }

  private Process start(List<String> before, List<String> command) throws IOException {
    List<String> all = new ArrayList<>(before);
    all.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("TERM", "xterm");
    return builder.start();
  }

  private static List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                NodeCommand.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static void logUntil(BufferedReader lines, List<String> log, String text)
      throws IOException {
    while (log.isEmpty() || !log.getLast().contains(text)) {
      String line = lines.readLine();
      if (line == null) {
        throw new AssertionError("the node ended: " + log);
      }
      log.add(line);
    }
  }
}
