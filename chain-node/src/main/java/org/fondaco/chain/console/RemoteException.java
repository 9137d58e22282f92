package org.fondaco.chain.console;

import tools.jackson.databind.JsonNode;

/** What a node answered instead of a result. */
public final class RemoteException extends Exception {
  private static final long serialVersionUID = 1;

  private final int code;
  private final transient JsonNode data;

  RemoteException(int code, String message, JsonNode data) {
    super(message);
    this.code = code;
    this.data = data;
  }

  public int code() {
    return code;
  }

  /** Missing if the node gave none. */
  JsonNode data() {
    return data;
  }
}
