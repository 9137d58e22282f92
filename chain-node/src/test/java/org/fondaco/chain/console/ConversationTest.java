package org.fondaco.chain.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person at a terminal that JLine plays: keys in, a screen out. */
@Timeout(60)
class ConversationTest {
  private static final String A = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";

  @TempDir Path folder;

  /** Everything that the terminal showed, in which a test waits for what it expects. */
  private static final class Shown extends ByteArrayOutputStream {
    private int seen;

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      notifyAll();
    }

    @Override
    public synchronized void write(int each) {
      super.write(each);
      notifyAll();
    }

    /** Without escape sequences, also one whose end has not come yet. */
    private String text() {
      return toString(StandardCharsets.UTF_8)
          .replaceAll("\u001b(\\[[0-9;?]*([A-Za-z]|$)|[=>]|$)", "");
    }

    /** Waits until {@code text} comes, after what was awaited before. */
    synchronized String await(String text) throws InterruptedException {
      if (!comes(text, TimeUnit.SECONDS.toMillis(20))) {
        throw new AssertionError("no " + text + " in " + text().substring(seen));
      }
      String before = text().substring(seen, text().indexOf(text, seen));
      seen = text().indexOf(text, seen) + text.length();
      return before;
    }

    /** Whether {@code text} comes within a time. */
    synchronized boolean comes(String text, long millis) throws InterruptedException {
      long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      while (text().indexOf(text, seen) < 0) {
        long leftMs = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
        if (leftMs <= 0) {
          return false;
        }
        wait(leftMs);
      }
      return true;
    }
  }

  private record Keys(PipedOutputStream out) {
    void press(String keys) throws IOException {
      out.write(keys.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  private interface Scene {
    void play(Keys keys, Shown shown) throws Exception;
  }

  @Test
  void aPersonTypes() throws Exception {
    converse((keys, shown) -> {
      assertThat(shown.await("type exit"))
          .contains("Welcome to the Fondaco JavaScript console!")
          .contains("instance: Fondaco/v1")
          .contains("at block: 5 (")
          .contains(" modules: eth:1.0 personal:1.0 rpc:1.0 web3:1.0");
      shown.await("> ");
      keys.press("eth.blockN\t\r");
      shown.await("eth.blockNumber");
      shown.await("5");
      shown.await("> ");
      keys.press("function f() {\rreturn 6 * 7\r}\r");
      shown.await("... ");
      shown.await("undefined");
      shown.await("> ");
      keys.press("f(\u0003");
      shown.await("> ");
      keys.press("f()\r");
      shown.await("42");
      shown.await("> ");
      keys.press("while (true) {}\r");
      shown.await("while (true) {}");
      // The line is shown before it runs: an impatient person presses again.
      do {
        keys.press("\u0003");
      } while (!shown.comes("Error: interrupted", 500));
      shown.await("Error: interrupted");
      shown.await("> ");
      keys.press("setTimeout(function () { console.log('from', 'a timer') }, 1)\r");
      shown.await("from a timer");
      keys.press("\u0004");
    });
    Path history = folder.resolve("history");
    assertThat(Files.readString(history)).contains("f()").contains("eth.blockNumber");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
        .isEqualTo("rw-------");
  }

  @Test
  void aPassphraseIsNeitherShownNorKept() throws Exception {
    converse((keys, shown) -> {
      shown.await("> ");
      keys.press("personal.newAccount()\r");
      shown.await("Passphrase: ");
      keys.press("open-sesame\r");
      assertThat(shown.await("Repeat passphrase: ")).doesNotContain("sesame");
      keys.press("open-sesame\r");
      assertThat(shown.await(A)).doesNotContain("sesame");
      shown.await("> ");
      keys.press("personal.unlockAccount('" + A + "', 'open-sesame')\r");
      shown.await("true");
      shown.await("> ");
      keys.press("exit\r");
    });
    assertThat(Files.readString(folder.resolve("history"))).doesNotContain("sesame");
  }

  private void converse(Scene scene) throws Exception {
    try (FakeNode node = new FakeNode(folder);
        PipedInputStream typed = new PipedInputStream(1 << 16);
        PipedOutputStream hand = new PipedOutputStream(typed)) {
      node.answer("web3_clientVersion", "'Fondaco/v1'")
          .answer("eth_getBlockByNumber", "{'number':'0x5','timestamp':'0x0'}")
          .answer("eth_blockNumber", "'0x5'")
          .answer(
              "personal_newAccount", params -> params.contains("open-sesame") ? "'" + A + "'" : "1")
          .answer("personal_unlockAccount", "true")
          .start();
      Shown shown = new Shown();
      Attributes attributes = new Attributes();
      attributes.setLocalFlag(Attributes.LocalFlag.ISIG, true);
      attributes.setControlChar(Attributes.ControlChar.VINTR, 3);
      attributes.setControlChar(Attributes.ControlChar.VEOF, 4);
      try (Remote remote = new Remote(Endpoint.open(node.socket().toString()));
          Terminal terminal =
              new ExternalTerminal(
                  null,
                  "test",
                  "xterm",
                  typed,
                  shown,
                  StandardCharsets.UTF_8,
                  StandardCharsets.UTF_8,
                  StandardCharsets.UTF_8,
                  Terminal.SignalHandler.SIG_DFL,
                  false,
                  attributes,
                  new Size(0, 0))) {
        CompletableFuture<Integer> code =
            CompletableFuture.supplyAsync(() -> {
              try {
                return Conversation.hold(
                    remote, terminal, folder.resolve("history"), javaScript -> 0);
              } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
              }
            });
        scene.play(new Keys(hand), shown);
        assertThat(code.join()).isZero();
      }
    }
  }
}
