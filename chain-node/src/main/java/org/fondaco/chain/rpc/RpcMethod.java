package org.fondaco.chain.rpc;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One method. Safe for any thread. */
@FunctionalInterface
public interface RpcMethod {
  /**
   * The result; null is JSON's null.
   *
   * @throws RpcException for every answer that is an error
   */
  @Nullable JsonNode call(Parameters parameters, Caller caller) throws RpcException;

  /** Who asks. */
  interface Caller {
    /**
     * Sends a notification, where the transport can (WebSocket, local socket).
     *
     * @throws RpcException if it cannot, in geth's words
     */
    void notify(JsonNode message) throws RpcException;

    /** Whether {@link #notify} can work here; not over HTTP. */
    default boolean canNotify() {
      return true;
    }

    /** Runs when the connection ends; at once if it has. */
    void onClose(Runnable action);

    /** When a call must have ended, by {@link System#nanoTime()}. */
    long deadlineNanos();
  }
}
