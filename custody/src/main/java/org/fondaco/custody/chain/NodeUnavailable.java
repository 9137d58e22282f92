package org.fondaco.custody.chain;

/** The node gave no usable answer: no connection, no time, or no JSON-RPC. */
public final class NodeUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NodeUnavailable(String message) {
    super(message);
  }

  public NodeUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
