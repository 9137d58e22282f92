package org.fondaco.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Vectors: rest-api.md §SIGNED Endpoint Examples for POST /api/v3/order, HMAC keys. */
class HmacVerifierTest {
  private static final HmacVerifier VERIFIER =
      new HmacVerifier(bytes("NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j"));
  private static final byte[] WHOLE =
      bytes(
          "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1"
              + "&recvWindow=5000&timestamp=1499827319559");
  private static final byte[] MIXED =
      bytes(
          "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTCquantity=1&price=0.1"
              + "&recvWindow=5000&timestamp=1499827319559");
  private static final String SIGNATURE =
      "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71";

  @Test
  void acceptsTheDocumentedSignatures() {
    assertThat(VERIFIER.verify(WHOLE, SIGNATURE)).isTrue();
    assertThat(VERIFIER.verify(WHOLE, SIGNATURE.toUpperCase(Locale.ROOT))).isTrue();
    assertThat(
            VERIFIER.verify(
                MIXED, "0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77"))
        .isTrue();
  }

  @Test
  void refusesEverythingElse() {
    assertThat(VERIFIER.verify(MIXED, SIGNATURE)).isFalse();
    assertThat(VERIFIER.verify(WHOLE, SIGNATURE.substring(1))).isFalse();
    assertThat(VERIFIER.verify(WHOLE, "g" + SIGNATURE.substring(1))).isFalse();
    assertThat(VERIFIER.verify(WHOLE, "d" + SIGNATURE.substring(1))).isFalse();
    assertThat(VERIFIER.verify(WHOLE, "")).isFalse();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
