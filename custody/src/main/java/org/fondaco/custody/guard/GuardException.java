package org.fondaco.custody.guard;

/** The guard refuses, or its file is not whole. */
public final class GuardException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    /** A part of the anchor already pays other payees: signing would pay twice. */
    OTHER_PAYEES,
    /** A part of the anchor already belongs to another anchor. */
    OTHER_ANCHOR,
    /** This attempt already has another transaction. */
    OTHER_TRANSACTION,
    /** Bytes that were acknowledged are not what was written; the message names the offset. */
    DAMAGED,
    /** Another process has the file. */
    LOCKED,
    /** It could not be written; nothing may be signed until it is opened anew. */
    IO
  }

  private final Reason reason;

  GuardException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  GuardException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
