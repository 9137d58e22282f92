package org.fondaco.custody.key;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A way from the master key down to a key (BIP-32).
 *
 * @param steps child numbers, the top bit set where the step is hardened
 */
public record KeyPath(List<Integer> steps) {
  public static final KeyPath MASTER = new KeyPath(List.of());

  private static final int HARDENED = 0x8000_0000;
  private static final int DEPTH_MAX = 255;

  public KeyPath {
    if (steps.size() > DEPTH_MAX) {
      throw new IllegalArgumentException("a key path has at most 255 steps");
    }
    steps = List.copyOf(steps);
  }

  /**
   * Reads what {@link #toString} writes, for example {@code m/84'/0'/0'/0/7}.
   *
   * @throws IllegalArgumentException if it is no path
   */
  public static KeyPath parse(String text) {
    String[] parts = text.split("/", -1);
    if (!parts[0].equals("m")) {
      throw new IllegalArgumentException("a key path begins with m: " + text);
    }
    List<Integer> steps = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      boolean hardened = parts[i].endsWith("'");
      String digits = hardened ? parts[i].substring(0, parts[i].length() - 1) : parts[i];
      if (!digits.matches("0|[1-9][0-9]{0,9}") || Long.parseLong(digits) > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("no step of a key path: " + parts[i]);
      }
      int number = Integer.parseInt(digits);
      steps.add(hardened ? number | HARDENED : number);
    }
    return new KeyPath(steps);
  }

  /** One plain step further; {@code index} is 0 to 2^31 - 1. */
  public KeyPath child(int index) {
    return with(checked(index));
  }

  /** One hardened step further; {@code index} is 0 to 2^31 - 1. */
  public KeyPath hardened(int index) {
    return with(checked(index) | HARDENED);
  }

  private KeyPath with(int step) {
    List<Integer> longer = new ArrayList<>(steps);
    longer.add(step);
    return new KeyPath(longer);
  }

  private static int checked(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("a child number is 0 to 2^31 - 1");
    }
    return index;
  }

  @Override
  public String toString() {
    return "m"
        + steps.stream()
            .map(step -> "/" + (step & ~HARDENED) + (step < 0 ? "'" : ""))
            .collect(Collectors.joining());
  }
}
