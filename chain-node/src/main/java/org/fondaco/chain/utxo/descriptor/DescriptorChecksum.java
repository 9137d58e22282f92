package org.fondaco.chain.utxo.descriptor;

/** BIP-380: eight characters that find most mistakes in a descriptor. */
public final class DescriptorChecksum {
  private static final String INPUT =
      "0123456789()[],'/*abcdefgh@:$%{}IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~ijklmnopqrstuvwxyzABCDEFGH"
          + "`#\"\\ ";
  private static final String CHECKSUM = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final long[] GENERATOR = {
    0xf5dee51989L, 0xa9fdca3312L, 0x1bab10e32dL, 0x3706b1677aL, 0x644d626ffdL
  };

  private DescriptorChecksum() {}

  /**
   * The checksum of a descriptor without one.
   *
   * @throws IllegalArgumentException on a character that no descriptor has
   */
  public static String of(String descriptor) {
    long state = 1;
    int group = 0;
    int count = 0;
    for (int i = 0; i < descriptor.length(); i++) {
      int position = INPUT.indexOf(descriptor.charAt(i));
      if (position < 0) {
        throw new IllegalArgumentException("no character of a descriptor: " + descriptor);
      }
      state = step(state, position & 31);
      group = group * 3 + (position >> 5);
      if (++count == 3) {
        state = step(state, group);
        group = 0;
        count = 0;
      }
    }
    state = count > 0 ? step(state, group) : state;
    for (int i = 0; i < 8; i++) {
      state = step(state, 0);
    }
    state ^= 1;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      text.append(CHECKSUM.charAt((int) (state >> 5 * (7 - i) & 31)));
    }
    return text.toString();
  }

  private static long step(long state, int value) {
    long high = state >> 35;
    long next = (state & 0x7ffffffffL) << 5 ^ value;
    for (int i = 0; i < GENERATOR.length; i++) {
      next ^= (high >> i & 1) == 0 ? 0 : GENERATOR[i];
    }
    return next;
  }
}
