package org.fondaco.api.wsapi;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.fondaco.api.ApiClient;
import org.fondaco.api.TestVenue;
import org.fondaco.api.address.Addresses;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.KeyRequest;
import org.fondaco.api.security.Permission;

/** A key and what signs with it. */
record Signer(String apiKey, UnaryOperator<String> signature) {

  Map<String, Object> sign(Object... parameters) {
    return signAt(System.currentTimeMillis(), parameters);
  }

  Map<String, Object> signAt(long timestamp, Object... parameters) {
    Map<String, Object> all = map(parameters);
    all.put("apiKey", apiKey);
    all.put("timestamp", timestamp);
    String payload =
        all.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("&"));
    all.put("signature", signature.apply(payload));
    return all;
  }

  static Map<String, Object> map(Object... parameters) {
    Map<String, Object> map = new TreeMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      map.put((String) parameters[i], parameters[i + 1]);
    }
    return map;
  }

  static Signer hmac(TestVenue venue, long account) {
    ApiKeys.NewKey key = venue.key(account, EnumSet.of(Permission.USER_DATA, Permission.TRADE));
    ApiClient client = new ApiClient(venue.venue().address(), key);
    return new Signer(key.apiKey(), client::signature);
  }

  static Signer ed25519(TestVenue venue, long account) throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    String apiKey =
        venue
            .venue()
            .keys()
            .createFromPublicKey(
                venue.userOf(account),
                account,
                new KeyRequest(
                    "test", EnumSet.of(Permission.USER_DATA, Permission.TRADE), Addresses.NONE),
                pem)
            .apiKey();
    return new Signer(
        apiKey,
        payload -> {
          try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(payload.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(signature.sign());
          } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
