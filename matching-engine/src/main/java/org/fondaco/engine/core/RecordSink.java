package org.fondaco.engine.core;

import java.io.IOException;

/** Receives the state record by record: a kind, then its fields, of which the first are the key. */
interface RecordSink {

  /** Starts a record of one of the kinds of {@link State}. */
  void begin(int kind) throws IOException;

  void put(long field) throws IOException;

  void end() throws IOException;
}
