package org.fondaco.chain.utxo.rpc;

/** What a method answers instead of a result; codes are those of Bitcoin Core's protocol.h. */
public final class CoreException extends Exception {
  private static final long serialVersionUID = 1;

  public static final int PARSE_ERROR = -32700;
  public static final int INVALID_REQUEST = -32600;
  public static final int METHOD_NOT_FOUND = -32601;
  public static final int INTERNAL = -32603;
  public static final int MISC = -1;
  public static final int TYPE = -3;
  public static final int INVALID_ADDRESS_OR_KEY = -5;
  public static final int INVALID_PARAMETER = -8;
  public static final int OUT_OF_MEMORY = -7;
  public static final int DESERIALIZATION = -22;
  public static final int VERIFY = -25;
  public static final int VERIFY_REJECTED = -26;
  public static final int VERIFY_ALREADY_IN_CHAIN = -27;
  public static final int WALLET = -4;
  public static final int WALLET_INSUFFICIENT_FUNDS = -6;
  public static final int WALLET_INVALID_LABEL_NAME = -11;
  public static final int WALLET_NOT_FOUND = -18;
  public static final int WALLET_ALREADY_LOADED = -35;
  public static final int WALLET_ALREADY_EXISTS = -36;
  public static final int CLIENT_NODE_NOT_CONNECTED = -29;
  public static final int CLIENT_NODE_NOT_ADDED = -24;

  private final int code;

  public CoreException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** With the words of what went wrong. */
  static CoreException of(int code, Exception cause) {
    return new CoreException(code, String.valueOf(cause.getMessage()));
  }

  static CoreException parameter(String message) {
    return new CoreException(INVALID_PARAMETER, message);
  }

  public int code() {
    return code;
  }
}
