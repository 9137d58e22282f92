package org.fondaco.api.trading;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Parameters;

/** Ids that clients give to orders and lists, or leave to the gateway. */
final class ClientIds {
  private static final int LENGTH_MAX = 36;
  private static final int GENERATED_LENGTH = 22;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  // Unique is enough, secret they need not be: 22 characters of 62, seeded once a thread.
  private static final ThreadLocal<SplittableRandom> RANDOM =
      ThreadLocal.withInitial(() -> new SplittableRandom(new SecureRandom().nextLong()));

  private ClientIds() {}

  /** The id sent, or a generated one. */
  static String sentOrGenerated(Parameters parameters, String name) {
    String text = parameters.text(name);
    return text == null ? generated() : checked(name, text);
  }

  /** The id sent, empty when absent. */
  static String sentOrEmpty(Parameters parameters, String name) {
    String text = parameters.text(name);
    return text == null ? "" : checked(name, text);
  }

  static String generated() {
    SplittableRandom random = RANDOM.get();
    char[] id = new char[GENERATED_LENGTH];
    for (int i = 0; i < GENERATED_LENGTH; i++) {
      id[i] = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }
    return new String(id);
  }

  private static String checked(String name, String text) {
    boolean legal = text.length() <= LENGTH_MAX;
    for (int i = 0; legal && i < text.length(); i++) {
      char c = text.charAt(i);
      legal =
          c >= 'A' && c <= 'Z'
              || c >= 'a' && c <= 'z'
              || c >= '0' && c <= '9'
              || c == '-'
              || c == '_';
    }
    if (!legal) {
      throw RequestErrors.illegalCharacters(name, "^[a-zA-Z0-9-_]{1,36}$");
    }
    return text;
  }
}
