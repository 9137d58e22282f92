package org.fondaco.api.address;

import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * All addresses that begin with the same bits [RFC 4632, RFC 4291 §2.3].
 *
 * @param network the first of them, 4 or 16 bytes, not changed after construction
 * @param bits how many leading bits are the same
 */
record Prefix(byte[] network, int bits) {
  // InetAddress also reads "10.1" and "167772161", which people take for something else.
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");

  /**
   * @throws IllegalArgumentException with a sentence for whoever wrote it
   */
  static Prefix parse(String text) {
    int slash = text.indexOf('/');
    byte[] network = address(slash < 0 ? text : text.substring(0, slash));
    int bits = 8 * network.length;
    if (slash >= 0) {
      String length = text.substring(slash + 1);
      if (!LENGTH.matcher(length).matches() || Integer.parseInt(length) > bits) {
        throw new IllegalArgumentException(text + " has no prefix length of 0 to " + bits);
      }
      bits = Integer.parseInt(length);
    }
    Prefix prefix = new Prefix(network, bits);
    for (int i = bits; i < 8 * network.length; i++) {
      if ((network[i / 8] & 0x80 >> i % 8) != 0) {
        throw new IllegalArgumentException(text + " has bits set behind its prefix length");
      }
    }
    return prefix;
  }

  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (address[i] != network[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || ((address[whole] ^ network[whole]) & 0xff00 >> rest & 0xff) == 0;
  }

  /** As it is stored and shown: the length only where it says something. */
  String text() {
    String address = Addresses.of(network).getHostAddress();
    return bits == 8 * network.length ? address : address + "/" + bits;
  }

  private static byte[] address(String text) {
    if (!(IPV4.matcher(text).matches() || text.contains(":") && IPV6.matcher(text).matches())) {
      throw new IllegalArgumentException("'" + text + "' is no IPv4 or IPv6 address");
    }
    try {
      return InetAddress.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "' is no IPv4 or IPv6 address", e);
    }
  }
}
