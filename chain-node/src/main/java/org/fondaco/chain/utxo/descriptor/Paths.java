package org.fondaco.chain.utxo.descriptor;

import java.util.ArrayList;
import java.util.List;

/** Paths of BIP-32 as text. */
public final class Paths {
  private static final long NUMBER_MAX = 0x7fff_ffffL;

  private Paths() {}

  /** {@code m/84h/1h/0h/0/7}. */
  public static String text(List<Integer> path) {
    return "m" + steps(path, 'h');
  }

  /** {@code /84h/1h/0h}, nothing for an empty path. */
  static String steps(List<Integer> path, char mark) {
    StringBuilder text = new StringBuilder();
    for (int number : path) {
      text.append('/').append(number & ~ExtendedKey.HARDENED);
      if (number < 0) {
        text.append(mark);
      }
    }
    return text.toString();
  }

  /**
   * Reads numbers with h or ' behind those that are hardened.
   *
   * @throws DescriptorException if one is none
   */
  static List<Integer> parse(List<String> steps) {
    List<Integer> path = new ArrayList<>();
    for (String step : steps) {
      boolean hardened = step.endsWith("h") || step.endsWith("'");
      String digits = hardened ? step.substring(0, step.length() - 1) : step;
      if (!digits.matches("\\d{1,10}")) {
        throw new DescriptorException("Key path value '" + digits + "' is not a valid uint32");
      }
      long number = Long.parseLong(digits);
      if (number > NUMBER_MAX) {
        throw new DescriptorException("Key path value " + number + " is out of range");
      }
      path.add((int) number | (hardened ? ExtendedKey.HARDENED : 0));
    }
    return path;
  }
}
