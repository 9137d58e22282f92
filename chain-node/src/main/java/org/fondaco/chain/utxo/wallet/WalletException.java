package org.fondaco.chain.utxo.wallet;

/** Why a wallet did not do what was asked; the words are Bitcoin Core's. */
public final class WalletException extends Exception {
  private static final long serialVersionUID = 1;

  /** What kind of failure it is. */
  public enum Kind {
    /** Too few coins may be spent. */
    INSUFFICIENT_FUNDS,
    /** What was asked for makes no sense. */
    INVALID_PARAMETER,
    INVALID_ADDRESS,
    /** The wallet has what is asked for already, or is in use. */
    ALREADY_THERE,
    NOT_FOUND,
    /** Anything else. */
    OTHER
  }

  private final Kind kind;

  WalletException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
