package org.fondaco.engine.journal;

import java.io.IOException;

/** Something that was durable cannot be read back; the venue must not start on it. */
public final class JournalDamaged extends IOException {
  private static final long serialVersionUID = 1L;

  public JournalDamaged(String message) {
    super(message);
  }
}
