package org.fondaco.api.identity;

import java.util.List;
import java.util.Locale;
import org.fondaco.api.error.Problem;

/**
 * Which passwords are taken [NIST SP 800-63B §3.1.1.2]: long ones that are not a well-known word
 * with decoration, not the user's own name, and not a handful of characters over and over. No rules
 * about classes of characters.
 */
final class PasswordPolicy {
  static final int LENGTH_MIN = 12;
  static final int LENGTH_MAX = 128;
  private static final int DIFFERENT_MIN = 6;

  /** What is left of the common long passwords when digits and signs are taken off. */
  private static final List<String> COMMON =
      List.of(
          "password",
          "passwort",
          "motdepasse",
          "contrasena",
          "letmein",
          "welcome",
          "administrator",
          "admin",
          "changeme",
          "changeit",
          "secret",
          "trustno",
          "iloveyou",
          "iloveu",
          "princess",
          "sunshine",
          "football",
          "baseball",
          "basketball",
          "superman",
          "batman",
          "starwars",
          "pokemon",
          "dragon",
          "monkey",
          "master",
          "shadow",
          "michael",
          "jordan",
          "liverpool",
          "chelsea",
          "arsenal",
          "manchester",
          "computer",
          "internet",
          "google",
          "facebook",
          "bitcoin",
          "satoshi",
          "ethereum",
          "binance",
          "fondaco",
          "correcthorsebatterystaple",
          "correct horse battery staple",
          "qwerty",
          "qwertyuiop",
          "asdfghjkl",
          "zxcvbnm",
          "qwertz",
          "azerty",
          "qazwsx",
          "qazwsxedc",
          "abcdefghijkl",
          "abcdefghijklmnopqrstuvwxyz",
          "test",
          "testing",
          "login",
          "default",
          "unknown",
          "whatever",
          "mypassword",
          "yourpassword",
          "thisismypassword",
          "passwordpassword",
          "qwertyqwerty",
          "adminadmin",
          "hellohello",
          "helloworld");

  private static final List<String> ROWS =
      List.of(
          "01234567890123456789",
          "98765432109876543210",
          "abcdefghijklmnopqrstuvwxyz",
          "qwertyuiopasdfghjklzxcvbnm",
          "1qaz2wsx3edc4rfv5tgb6yhn",
          "1q2w3e4r5t6y7u8i9o0p");

  private PasswordPolicy() {}

  /**
   * @param own words that are the user's own: name, e-mail address
   * @throws org.fondaco.api.error.ApiException -8009, which says why
   */
  static void check(String parameter, String password, String... own) {
    String reason = refusal(password, own);
    if (!reason.isEmpty()) {
      throw Problem.WEAK_PASSWORD.error(reason).about(parameter).exception();
    }
  }

  private static String refusal(String password, String... own) {
    int length = password.codePointCount(0, password.length());
    if (length < LENGTH_MIN) {
      return "A password has at least " + LENGTH_MIN + " characters.";
    }
    if (length > LENGTH_MAX) {
      return "A password has at most " + LENGTH_MAX + " characters.";
    }
    if (password.codePoints().distinct().count() < DIFFERENT_MIN) {
      return "This password repeats a few characters.";
    }
    String lower = password.toLowerCase(Locale.ROOT);
    String letters = lower.replaceAll("^[^a-z]+|[^a-z]+$", "");
    String plain =
        letters
            .replace('0', 'o')
            .replace('1', 'i')
            .replace('3', 'e')
            .replace('4', 'a')
            .replace('@', 'a')
            .replace('5', 's')
            .replace('$', 's')
            .replace('7', 't');
    if (COMMON.contains(letters) || COMMON.contains(plain)) {
      return "This password is among those that are tried first.";
    }
    for (String row : ROWS) {
      if (row.contains(lower) || (letters.length() > 5 && row.contains(letters))) {
        return "This password is a row of the keyboard.";
      }
    }
    for (String word : own) {
      String at = word.toLowerCase(Locale.ROOT);
      if (at.length() > 3 && lower.contains(at) && lower.length() - at.length() < LENGTH_MIN) {
        return "This password is mostly your own name or address.";
      }
    }
    return "";
  }
}
