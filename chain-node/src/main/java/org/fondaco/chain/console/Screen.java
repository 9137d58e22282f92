package org.fondaco.chain.console;

import java.io.EOFException;
import java.io.IOException;

/** What scripts print to and ask from. */
interface Screen {
  void print(String text);

  /**
   * Asks for a line.
   *
   * @throws EOFException if there is no more
   */
  String ask(String prompt) throws IOException;

  /**
   * Asks for a passphrase, without echo where people type.
   *
   * @throws EOFException if there is no more
   */
  String secret(String prompt) throws IOException;

  boolean colours();
}
