package org.fondaco.bench.rest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 over the parameters of a request, as the Binance API wants it. One thread only. */
final class Signer {

  private final Mac mac;

  Signer(String secret) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** The parameters with their signature. */
  String sign(String parameters) {
    return parameters + "&signature=" + signature(parameters.getBytes(StandardCharsets.US_ASCII));
  }

  /** Lower-case hexadecimal. */
  String signature(byte[] parameters) {
    return HexFormat.of().formatHex(mac.doFinal(parameters));
  }
}
