package org.fondaco.api.wallet;

import org.fondaco.api.error.ApiError;

/** Custody does not do what a customer asked; the message is for the customer. */
public final class CapitalRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why, with Binance's code for it [Binance wallet API, error codes -4xxx]. */
  public enum Reason {
    UNKNOWN_ASSET(-4018, 400),
    HALTED(-4019, 400),
    TOO_PRECISE(-4021, 400),
    BELOW_MINIMUM(-4022, 400),
    INSUFFICIENT_BALANCE(-4026, 400),
    NOT_ABOVE_FEE(-4028, 400),
    UNKNOWN_WITHDRAWAL(-4029, 404),
    TOO_LATE(-4031, 409),
    ADDRESS(-4033, 400),
    FROZEN(-4015, 400),
    ORDER_ID(-1130, 400),
    AMOUNT(-1130, 400),
    LEDGER(-4032, 400),
    /** For now: the same request can be sent again. */
    UNAVAILABLE(-4045, 503);

    private final int code;
    private final int status;

    Reason(int code, int status) {
      this.code = code;
      this.status = status;
    }
  }

  private final Reason reason;

  public CapitalRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** As the client reads it. */
  ApiError error() {
    return new ApiError(reason.code, String.valueOf(getMessage()), reason.status);
  }
}
