package org.fondaco.chain.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shapes of geth's console, from its documentation's transcripts. */
class PrettyTest extends Offline {
  @Override
  void answers(FakeNode fake) {
    fake.answer("eth_blockNumber", "'0x1'");
    fake.answer("eth_accounts", "['0x01']");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "undefined | undefined",
        "null | null",
        "var x = 1 | undefined",
        "true | true",
        "1.5 | 1.5",
        "1e21 | 1e+21",
        "5n | 5",
        "'a\"b\\n\\u001b' | \"a\\\"b\\n\\u001b\"",
        "[] | []",
        "({}) | {}",
        "[1, 'a', [null]] | [1, \"a\", [null]]",
        "(function (a, b) { return a; }) | function(a, b)",
        "eth.getBalance | function()",
        "new Error('no') | Error: no",
        "new Date(0).getTime() | 0",
        "/a/ | /a/",
        "[[[[[1]]]]] | [[[[[...]]]]]",
        "Object.create(null) | {}",
      })
  void values(String script, String shown) {
    assertThat(run(script)).isEqualTo(shown);
  }

  @Test
  void objects() {
    assertThat(run("({c: function () {}, b: {d: 1}, a: [{e: 1}, {e: 2}], _hidden: 1})"))
        .isEqualTo(
            """
            {
              a: [{
                  e: 1
              }, {
                  e: 2
              }],
              b: {
                d: 1
              },
              c: function()
            }\
            """);
    assertThat(run("({a: {b: {c: {d: {e: 1}}}}})")).contains("d: {...}");
  }

  @Test
  void aMemberThatFailsDoesNotHideTheOthers() {
    assertThat(run("eth"))
        .startsWith("{\n  accounts: [\"0x01\"],\n  blockNumber: 1,\n")
        .contains("mining: Error: the method eth_mining does not exist");
  }

  @Test
  void errorsAreShort() {
    assertThat(fail("foo")).isEqualTo("ReferenceError: \"foo\" is not defined.\n\tat <test>:1");
    assertThat(fail("function f() {\n throw new TypeError('t');\n}\nf()"))
        .isEqualTo("TypeError: t\n\tat f (<test>:2)\n\tat <test>:4");
    assertThat(fail("throw 'text'")).isEqualTo("text\n\tat <test>:1");
    assertThat(fail("1 +* 2")).startsWith("SyntaxError: ");
    assertThat(fail("throw {}")).startsWith("Error: Object");
  }

  @Test
  void unfinishedScripts() {
    assertThat(javaScript().complete("function f() {")).isFalse();
    assertThat(javaScript().complete("[1,\n2")).isFalse();
    assertThat(javaScript().complete("f({a: 1}")).isFalse();
    assertThat(javaScript().complete("`a")).isFalse();
    assertThat(javaScript().complete("function f() {\n}")).isTrue();
    assertThat(javaScript().complete("1 +* 2")).isTrue();
  }

  @Test
  void completions() {
    assertThat(javaScript().completions("eth.getTransactionC"))
        .containsExactly("eth.getTransactionCount(");
    assertThat(javaScript().completions("eth.blockN")).containsExactly("eth.blockNumber");
    assertThat(javaScript().completions("web3.eth.getBal")).containsExactly("web3.eth.getBalance(");
    assertThat(javaScript().completions("person")).containsExactly("personal");
    assertThat(javaScript().completions("eth.accounts.jo")).containsExactly("eth.accounts.join(");
    assertThat(javaScript().completions("'x'.nothing")).isEmpty();
    assertThat(javaScript().completions("nothing.at.all.")).isEmpty();
    assertThat(javaScript().completions("eth.mining.x")).isEmpty();
    assertThat(javaScript().completions("")).contains("eth", "web3", "loadScript(");
    int calls = node.calls().size();
    assertThat(javaScript().completions("eth.")).contains("eth.accounts", "eth.mining");
    assertThat(node.calls()).as("listing asks the node nothing").hasSize(calls);
    assertThat(Completions.start("1 + eth.get")).isEqualTo(4);
    assertThat(Completions.start("f(")).isEqualTo(2);
  }
}
