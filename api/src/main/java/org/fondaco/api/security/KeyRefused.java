package org.fondaco.api.security;

/** A key was not made; the message is a sentence for the user and names no secret. */
public final class KeyRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What was wrong with the request. */
  public enum Reason {
    /** The user has as many valid keys as one may have. */
    TOO_MANY_KEYS,
    /** The public key is no PEM of a SubjectPublicKeyInfo, or no valid point or modulus. */
    MALFORMED_PUBLIC_KEY,
    /** A well-formed public key of a kind that no request can be signed with here. */
    UNSUPPORTED_PUBLIC_KEY,
    /** A public key that is too short, or a point with a component of small order. */
    WEAK_PUBLIC_KEY,
    /** No permission, or one that needs an allow-list without one. */
    PERMISSIONS,
    /** An entry of the allow-list is no address, or there are too many. */
    ADDRESSES,
    /** The label is too long. */
    LABEL
  }

  private final Reason reason;

  KeyRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
