package org.fondaco.chain.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts come from the net too: they see no Java, and Ctrl-C always ends them. */
class SandboxTest extends Offline {
  @Override
  void answers(FakeNode fake) {
    fake.answer("eth_blockNumber", "'0x1'");
    fake.answer("eth_coinbase", "'0x00'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java",
        "Packages",
        "JavaAdapter",
        "JavaImporter",
        "getClass()",
        "importClass",
        "org",
        "host",
        "eth.getClass()",
        "new BigNumber(1).value.getClass()",
        "''.getClass()",
        "(function () { try { eth.getBalance('x'); } catch (e) { return e.javaException.x; } })()",
        "(function () { try { null.x; } catch (e) { return e.rhinoException.x; } })()",
        "web3.eth.blockNumber.constructor.constructor('return java.lang.System')()",
      })
  void noJava(String script) {
    assertThat(fail(script)).containsAnyOf("ReferenceError", "TypeError");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eth.coinbase; while (true) {}",
        "eth.coinbase; while (true) { try { while (true) {} } catch (e) {} finally {} }",
        "eth.coinbase; admin.sleepBlocks(1)",
        "eth.coinbase; admin.sleep(1e6)",
      })
  void ctrlCEndsEverything(String script) throws InterruptedException {
    CompletableFuture<String> error = CompletableFuture.supplyAsync(() -> fail(script));
    node.await("eth_coinbase");
    while (!error.isDone()) {
      javaScript().interrupt();
      Thread.onSpinWait();
    }
    assertThat(error.join()).contains("interrupted");
    assertThat(run("eth.blockNumber")).isEqualTo("1");
  }

  @Test
  void recursionEnds() {
    assertThat(fail("(function f() { return f() + 1; })()")).contains("stack");
    assertThat(fail("(function f() { return [1].map(f); })()"))
        .containsAnyOf("stack", "RangeError");
    assertThat(fail("var a = {}; a.toString = function () { return '' + a; }; '' + a"))
        .containsAnyOf("stack", "RangeError");
  }

  @Test
  void aTimerRunsBetweenScriptsAndItsErrorIsShown() throws InterruptedException {
    run("setTimeout(function (x) { console.log('later', x, {a: 1}); }, 1, 7)");
    assertThat(screen.printed.take()).isEqualTo("later 7 {\n  a: 1\n}");
    run("setTimeout(function () { nowhere(); }, 1)");
    assertThat(screen.printed.take()).startsWith("ReferenceError: \"nowhere\" is not defined.");
    run(
        "var n = 0; var id = setInterval(function () { if (++n === 3) { clearInterval(id);"
            + " console.log(n); } }, 1)");
    assertThat(screen.printed.take()).isEqualTo("3");
  }

  @Test
  void aScriptFromAFile() throws Exception {
    String path =
        write("a.js", "var fromFile = 5;\nfunction deep() {\n  return lost;\n}").toString();
    assertThat(run("loadScript('%s')".formatted(path))).isEqualTo("true");
    assertThat(run("fromFile")).isEqualTo("5");
    assertThat(fail("deep()")).contains("\"lost\" is not defined").contains("a.js:3");
    assertThat(fail("loadScript('nowhere.js')")).contains("there is no file");
  }
}
