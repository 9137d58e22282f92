package org.fondaco.chain.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests that need scripts and a node with made-up answers. */
abstract class Offline {
  @TempDir Path folder;
  FakeNode node;
  FakeScreen screen;
  private Remote remote;
  private JavaScript javaScript;

  /** What the node answers. */
  abstract void answers(FakeNode fake);

  @BeforeEach
  void open() throws IOException, InterruptedException {
    node = new FakeNode(folder);
    answers(node);
    node.start();
    screen = new FakeScreen();
    remote = new Remote(Endpoint.open(node.socket().toString()));
    javaScript = new JavaScript(remote, screen);
  }

  @AfterEach
  void close() {
    javaScript.close();
    remote.close();
    node.close();
  }

  JavaScript javaScript() {
    return javaScript;
  }

  /** The shown value of a script that must not fail. */
  String run(String script) {
    return switch (javaScript.evaluate(script, "<test>")) {
      case Outcome.Value value -> value.shown();
      case Outcome.Failed failed -> throw new AssertionError(script + ": " + failed.shown());
    };
  }

  /** The shown error of a script that must fail. */
  String fail(String script) {
    return switch (javaScript.evaluate(script, "<test>")) {
      case Outcome.Value value -> throw new AssertionError(script + ": " + value.shown());
      case Outcome.Failed failed -> failed.shown();
    };
  }

  /** Runs a script and compares what it made of the node's methods. */
  void sends(String script, String... calls) {
    int before = node.calls().size();
    run(script);
    assertThat(node.calls().subList(before, node.calls().size())).as(script).containsExactly(calls);
  }

  Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
