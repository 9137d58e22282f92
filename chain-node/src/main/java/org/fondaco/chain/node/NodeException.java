package org.fondaco.chain.node;

/** A node cannot open as asked; the message is for its operator. */
public final class NodeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NodeException(String message) {
    super(message);
  }

  NodeException(String message, Throwable cause) {
    super(message, cause);
  }
}
