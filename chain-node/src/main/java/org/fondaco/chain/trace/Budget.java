package org.fondaco.chain.trace;

/** The memory that the traces of one request may take, by rough estimates. One thread. */
final class Budget {
  private static final long BYTES_MAX = 256L << 20;

  private long bytes;

  /**
   * Counts some more.
   *
   * @throws TraceTooLargeException if that is too much
   */
  void take(long more) {
    bytes += more;
    if (bytes > BYTES_MAX) {
      throw new TraceTooLargeException(BYTES_MAX);
    }
  }
}
