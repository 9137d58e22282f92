package org.fondaco.chain.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code attach} as a process of its own: its output, its errors and its exit code. */
@Timeout(120)
class AttachTest {
  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  /** The process's entry. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      System.exit(new CommandLine(new Attach()).execute(args));
    }
  }

  @Test
  void scriptsAndPipes() throws Exception {
    try (FakeNode node =
        new FakeNode(folder)
            .answer("eth_blockNumber", "'0x5'")
            .answer("personal_newAccount", params -> "'0xacc'")
            .start()) {
      Path preload =
          Files.writeString(folder.resolve("p.js"), "var twice = function (x) { return 2 * x; };");
      assertThat(attach("", "--datadir", folder.toString(), "--exec", "eth.blockNumber"))
          .isEqualTo(new Ended(0, "5\n", ""));
      assertThat(
              attach(
                  "",
                  folder.toString(),
                  "--preload",
                  preload.toString(),
                  "--exec",
                  "twice(eth.blockNumber)"))
          .isEqualTo(new Ended(0, "10\n", ""));
      assertThat(attach("", "--datadir", folder.toString(), "--exec", "eth.nothing.x"))
          .satisfies(ended -> assertThat(ended.code).isEqualTo(1))
          .satisfies(ended -> assertThat(ended.out).isEmpty())
          .satisfies(ended -> assertThat(ended.err).startsWith("TypeError: "));
      String script =
          """
          var n = eth.blockNumber
          function f(x) {
            return x + 1;
          }

          f(n)
          personal.newAccount()
          secret
          secret
          lost
          'Ξ'
          exit
          never()
          """;
      Ended piped = attach(script, "--datadir", folder.toString());
      assertThat(piped.out).isEqualTo("undefined\nundefined\n6\n\"0xacc\"\n\"Ξ\"\n");
      assertThat(piped.err).isEqualTo("ReferenceError: \"lost\" is not defined.\n\tat <stdin>:1\n");
      assertThat(piped.code).isEqualTo(1);
      assertThat(node.calls()).contains("personal_newAccount [\"secret\"]");
    }
  }

  @Test
  void noNode() throws Exception {
    Ended ended = attach("", "--datadir", folder.toString(), "--exec", "1");
    assertThat(ended.code).isEqualTo(1);
    assertThat(ended.out).isEmpty();
    assertThat(ended.err).startsWith("Fatal: there is no socket ").hasLineCount(1);
    assertThat(attach("", "http://127.0.0.1:1", "--preload", "nowhere.js", "--exec", "1").code)
        .isEqualTo(1);
  }

  private Ended attach(String input, String... args) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(args));
    Path in = Files.writeString(folder.resolve("in"), input);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    int code = builder.start().waitFor();
    return new Ended(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
