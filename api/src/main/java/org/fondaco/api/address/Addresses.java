package org.fondaco.api.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of IPv4 and IPv6 addresses and prefixes, for example {@code 192.0.2.7} and {@code
 * 2001:db8::/32}. An IPv4 address mapped into IPv6 counts as the IPv4 address. Nothing is ever
 * looked up by name.
 */
public final class Addresses {

  /** No address. */
  public static final Addresses NONE = new Addresses(List.of());

  private final List<Prefix> prefixes;

  private Addresses(List<Prefix> prefixes) {
    this.prefixes = prefixes;
  }

  /**
   * @param entries an address, or a prefix as {@code address/length} with no bit set behind it
   * @throws IllegalArgumentException with a sentence for whoever wrote the list
   */
  public static Addresses of(List<String> entries) {
    return entries.isEmpty()
        ? NONE
        : new Addresses(entries.stream().map(String::strip).map(Prefix::parse).toList());
  }

  /**
   * @param text entries separated by commas; empty = none
   */
  public static Addresses parse(String text) {
    return text.isBlank() ? NONE : of(Arrays.asList(text.split(",", -1)));
  }

  public boolean isEmpty() {
    return prefixes.isEmpty();
  }

  public int size() {
    return prefixes.size();
  }

  /**
   * Whether the address is in the list; false for what is no address.
   *
   * @param address a literal, as the socket or a trusted proxy names it
   */
  public boolean contains(String address) {
    byte[] bytes = prefixes.isEmpty() ? null : bytes(address);
    if (bytes == null) {
      return false;
    }
    for (Prefix prefix : prefixes) {
      if (prefix.contains(bytes)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an entry fixes fewer leading bits than these. */
  public boolean anyWiderThan(int ipv4Bits, int ipv6Bits) {
    return prefixes.stream()
        .anyMatch(prefix -> prefix.bits() < (prefix.network().length == 4 ? ipv4Bits : ipv6Bits));
  }

  /** The entries in canonical form, in the order given. */
  public List<String> texts() {
    return prefixes.stream().map(Prefix::text).toList();
  }

  /**
   * What one subscriber of a network is told apart by: an IPv4 address itself, the first 64 bits of
   * an IPv6 address, of which everybody has as many as they like.
   */
  public static String subscriber(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    byte[] bytes = bytes(address);
    if (bytes == null || bytes.length == 4) {
      return bytes == null ? address : of(bytes).getHostAddress();
    }
    Arrays.fill(bytes, 8, bytes.length, (byte) 0);
    return of(bytes).getHostAddress() + "/64";
  }

  /** The address in canonical form, null for what is no address. */
  static @Nullable String canonical(String address) {
    byte[] bytes = bytes(address);
    return bytes == null ? null : of(bytes).getHostAddress();
  }

  static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte @Nullable [] bytes(String address) {
    int scope = address.indexOf('%');
    try {
      return InetAddress.ofLiteral(scope < 0 ? address : address.substring(0, scope)).getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
