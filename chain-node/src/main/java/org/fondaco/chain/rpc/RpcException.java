package org.fondaco.chain.rpc;

import org.jspecify.annotations.Nullable;

/** What a method answers instead of a result: JSON-RPC 2.0, section 5.1, and EIP-1474. */
public final class RpcException extends Exception {
  private static final long serialVersionUID = 1;

  public static final int PARSE_ERROR = -32700;
  public static final int INVALID_REQUEST = -32600;
  public static final int METHOD_NOT_FOUND = -32601;
  public static final int INVALID_PARAMS = -32602;
  public static final int INTERNAL = -32603;

  /** Geth's code for what it refuses for reasons of its own, with a text that tools know. */
  public static final int SERVER = -32000;

  /** A call that reverted; {@code data} is what it returned, in hexadecimal. */
  public static final int REVERTED = 3;

  private final int code;
  private final @Nullable String data;

  public RpcException(int code, String message) {
    this(code, message, null);
  }

  public RpcException(int code, String message, @Nullable String data) {
    super(message);
    this.code = code;
    this.data = data;
  }

  public static RpcException invalidParams(String message) {
    return new RpcException(INVALID_PARAMS, message);
  }

  /** Geth's catch-all -32000. */
  public static RpcException server(String message) {
    return new RpcException(SERVER, message);
  }

  public int code() {
    return code;
  }

  public @Nullable String data() {
    return data;
  }
}
