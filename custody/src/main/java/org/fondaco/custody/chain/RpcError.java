package org.fondaco.custody.chain;

/** The node answered with an error. */
public final class RpcError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;

  public RpcError(String method, int code, String message) {
    super(method + ": " + message + " (" + code + ")");
    this.code = code;
  }

  /** The node's own code. */
  public int code() {
    return code;
  }
}
