package org.fondaco.api.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.error.VenueErrors;
import org.fondaco.api.number.Decimals;
import org.fondaco.api.security.ApiKey;

/**
 * The signed part of a request: query string and body exactly as sent, without the signature
 * [rest-api.md §SIGNED Endpoint security].
 */
public final class SignedRequest {
  /** Timestamps from here on are microseconds: as milliseconds they would be after year 5138. */
  static final long MICROSECONDS_FROM = 100_000_000_000_000L;

  private static final long RECEIVE_WINDOW_MICROS = 5_000_000;
  private static final long RECEIVE_WINDOW_MILLIS_MAX = 60_000;
  private static final long AHEAD_MICROS_MAX = 1_000_000;
  private static final String SIGNATURE = "signature=";
  private static final ThreadLocal<MessageDigest> DIGESTS =
      ThreadLocal.withInitial(SignedRequest::sha256);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] payload;

  private SignedRequest(byte[] payload) {
    this.payload = payload;
  }

  static SignedRequest of(String query, String body) {
    String signed = withoutSignature(query).concat(withoutSignature(body));
    return new SignedRequest(signed.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * A request whose signed part is made of its parameters [web-socket-api.md §SIGNED request
   * security].
   *
   * @param payload {@code name=value} pairs without the signature, sorted by name, joined by &amp;
   */
  public static SignedRequest ofPayload(String payload) {
    return new SignedRequest(payload.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws org.fondaco.api.error.ApiException -1102 or -1022
   */
  public void verify(ApiKey key, Parameters parameters) {
    String signature = parameters.mandatoryText("signature");
    if (!key.verifier().verify(payload, signature)) {
      throw VenueErrors.invalidSignature();
    }
  }

  /**
   * @throws org.fondaco.api.error.ApiException -1021 when the request is older than its window or
   *     more than a second ahead
   */
  public static void checkTime(Parameters parameters, long nowMicros) {
    long sent = Decimals.whole("timestamp", parameters.mandatoryText("timestamp"));
    if (sent > Long.MAX_VALUE / 1_000) {
      throw RequestErrors.overflow("timestamp");
    }
    long timestamp = Call.micros(sent);
    long window = RECEIVE_WINDOW_MICROS;
    String text = parameters.text("recvWindow");
    if (text != null) {
      window = Decimals.units("recvWindow", text, 3);
      if (window > RECEIVE_WINDOW_MILLIS_MAX * 1_000) {
        throw RequestErrors.tooGreat("recvWindow", RECEIVE_WINDOW_MILLIS_MAX);
      }
    }
    if (timestamp >= nowMicros + AHEAD_MICROS_MAX) {
      throw VenueErrors.timestampAhead();
    }
    if (nowMicros - timestamp > window) {
      throw VenueErrors.timestampOutside();
    }
  }

  /**
   * The sender, with the digest of who asks for what, SHA-256: the engine answers a repetition as a
   * duplicate.
   */
  public Reception.Sender sender(Method method, String path, ApiKey key, boolean microseconds) {
    MessageDigest digest = DIGESTS.get();
    digest.update((byte) method.ordinal());
    digest.update(path.getBytes(StandardCharsets.ISO_8859_1));
    digest.update((byte) 0);
    digest.update(key.identity().credential().getBytes(StandardCharsets.ISO_8859_1));
    digest.update((byte) 0);
    byte[] sum = digest.digest(payload);
    return new Reception.Sender(key.identity(), word(sum, 0), word(sum, 8), microseconds);
  }

  private static long word(byte[] sum, int at) {
    return (long) LONGS.get(sum, at);
  }

  private static String withoutSignature(String form) {
    int at = signature(form);
    if (at < 0) {
      return form;
    }
    int end = form.indexOf('&', at);
    if (end < 0) {
      return form.substring(0, Math.max(0, at - 1));
    }
    return form.substring(0, at).concat(form.substring(end + 1));
  }

  private static int signature(String form) {
    int at = form.indexOf(SIGNATURE);
    while (at > 0 && form.charAt(at - 1) != '&') {
      at = form.indexOf(SIGNATURE, at + 1);
    }
    return at;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
