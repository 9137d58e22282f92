package org.fondaco.chain.console;

import java.io.EOFException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Remembers what was printed and asked, and types prepared answers. */
final class FakeScreen implements Screen {
  final BlockingQueue<String> printed = new LinkedBlockingQueue<>();
  final List<String> prompts = Collections.synchronizedList(new ArrayList<>());
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();

  FakeScreen type(String... lines) {
    answers.addAll(List.of(lines));
    return this;
  }

  @Override
  public void print(String text) {
    printed.add(text);
  }

  @Override
  public String ask(String prompt) throws EOFException {
    prompts.add(prompt);
    String line = answers.poll();
    if (line == null) {
      throw new EOFException("nothing was typed");
    }
    return line;
  }

  @Override
  public String secret(String prompt) throws EOFException {
    return ask(prompt);
  }

  @Override
  public boolean colours() {
    return false;
  }
}
