package org.fondaco.chain.trace;

/** The trace would not fit into memory that others need too. */
final class TraceTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TraceTooLargeException(long bytesMax) {
    super(
        "trace above "
            + (bytesMax >> 20)
            + " MiB: ask for less with limit, disableStack, disableStorage, or without memory");
  }
}
