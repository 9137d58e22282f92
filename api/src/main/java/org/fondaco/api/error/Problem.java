package org.fondaco.api.error;

import java.util.Locale;

/**
 * Refusals of the venue's own REST that Binance has no code for. Each has a problem type of its own
 * [RFC 9457 §3.1.1], {@code urn:fondaco:problem:} and the constant's name in lower case.
 */
public enum Problem {
  SIGN_IN_REQUIRED(-8001, 401, "Sign in first, or sign the request with an API key."),
  WRONG_CREDENTIALS(-8002, 401, "E-mail address, password or second factor is wrong."),
  SECOND_FACTOR_REQUIRED(
      -8003, 401, "The password is right; send totp or recoveryCode together with it."),
  LOCKED(-8004, 403, "This user is locked; ask the venue."),
  CSRF(
      -8005,
      403,
      "Header X-XSRF-TOKEN must repeat the token that GET /v1/session answers and sets as a"
          + " cookie."),
  SESSION_ONLY(-8006, 403, "An API key cannot do this; sign in."),
  PROOF_REQUIRED(
      -8007,
      403,
      "Prove again who you are: PUT /v1/session with the password, and the second factor if there"
          + " is one."),
  TAKEN(-8008, 409, "There is a user of this name or e-mail address."),
  WEAK_PASSWORD(-8009, 400, "This password is too easy to guess."),
  TOO_MANY_ATTEMPTS(-8010, 429, "Too many attempts; wait before the next."),
  NOT_FOUND(-8011, 404, "There is no such thing."),
  CONFLICT(-8012, 409, "Its present state does not allow this."),
  OWN_PROPOSAL(-8013, 403, "Another person has to decide on this."),
  EXPIRED(-8014, 409, "It was not decided in time; propose it again."),
  OWN_USER(-8015, 403, "Nobody does this to himself; ask another administrator."),
  SESSIONS_UNAVAILABLE(
      -8016, 503, "Sessions are unavailable for now; requests signed by API key work."),
  BODY(-8017, 400, "The body must be a form or one flat JSON object."),
  NOT_IN_QUERY(
      -8018, 400, "Send parameters in the body: what is in the query string ends in logs."),
  BUSY(-8019, 503, "Too many requests of this kind at once; not executed."),
  WRONG_PASSKEY(-8020, 401, "This passkey proves nobody."),
  CLOSED(-8021, 403, "This venue does not register new users; ask the venue."),
  DATABASE_UNAVAILABLE(
      -8022, 503, "The database cannot be reached for now; requests that need no database work."),
  POLICY(-8023, 400, "This is no policy for custody."),
  ROLE(-1002, 403, "You are not authorized to execute this request.");

  private static final String URN = "urn:fondaco:problem:";

  private final int code;
  private final int status;
  private final String detail;

  Problem(int code, int status, String detail) {
    this.code = code;
    this.status = status;
    this.detail = detail;
  }

  public ApiError error() {
    return new ApiError(code, detail, status);
  }

  /** The same with words that say more. */
  public ApiError error(String words) {
    return new ApiError(code, words, status);
  }

  public ApiException exception() {
    return error().exception();
  }

  /** Number in the answer's member {@code code}. */
  public int code() {
    return code;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** Words of the answer's member {@code detail}, unless there are better ones. */
  public String detail() {
    return detail;
  }

  /** URI of the problem type with this code, {@code about:blank} for Binance's own. */
  public static String type(int code) {
    for (Problem problem : values()) {
      if (problem.code == code) {
        return URN + problem.slug();
      }
    }
    return "about:blank";
  }

  /** What the type is called. */
  public static String title(int code, String otherwise) {
    for (Problem problem : values()) {
      if (problem.code == code) {
        String words = problem.slug().replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
      }
    }
    return otherwise;
  }

  private String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
