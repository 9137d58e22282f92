package org.fondaco.api.error;

/** Carries a refusal up to the one place that answers. Has no stack trace: it is not a defect. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ApiError error;

  ApiException(ApiError error) {
    super(error.code() + " " + error.message(), null, false, false);
    this.error = error;
  }

  /** What to answer. */
  public ApiError error() {
    return error;
  }
}
