package org.fondaco.custody.key;

/** Which key: the name under which a {@code Signer} knows it, never the key. */
public sealed interface KeyRef {
  String HSM = "hsm:";
  String WATCHED = "watched:";

  /** A key of the vault's seed. */
  record Derived(KeyPath path) implements KeyRef {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** A key of another seed, far from this machine: its addresses are watched, nothing more. */
  record Watched(KeyPath path) implements KeyRef {
    @Override
    public String toString() {
      return WATCHED + path;
    }
  }

  /** A key that never leaves a hardware module. */
  record Hsm(String label) implements KeyRef {
    public Hsm {
      if (!label.matches("[A-Za-z0-9._-]{1,64}")) {
        throw new IllegalArgumentException(
            "a key's label has 1 to 64 letters, digits, dots, dashes or underscores");
      }
    }

    @Override
    public String toString() {
      return HSM + label;
    }
  }

  /**
   * Reads what {@code toString} writes: {@code m/84'/0'/0'/0/7}, {@code watched:m/84'/0'/3'/0/7} or
   * {@code hsm:hot-eth}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  static KeyRef parse(String text) {
    if (text.startsWith(HSM)) {
      return new Hsm(text.substring(HSM.length()));
    }
    if (text.startsWith(WATCHED)) {
      return new Watched(KeyPath.parse(text.substring(WATCHED.length())));
    }
    return new Derived(KeyPath.parse(text));
  }
}
