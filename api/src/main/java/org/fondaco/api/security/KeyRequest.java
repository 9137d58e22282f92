package org.fondaco.api.security;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.fondaco.api.address.Addresses;

/**
 * What a user asks of a new key.
 *
 * @param label for the user's own eyes, at most 64 characters
 * @param permissions at least one
 * @param addresses where the key may be used from; empty = anywhere, except for withdrawals
 */
public record KeyRequest(String label, Set<Permission> permissions, Addresses addresses) {
  private static final int LABEL_LENGTH_MAX = 64;
  private static final int ADDRESSES_MAX = 30;
  // What is wider than a large provider's network protects nothing.
  private static final int IPV4_BITS_MIN = 8;
  private static final int IPV6_BITS_MIN = 16;

  /**
   * @throws KeyRefused when no key may be made like this
   */
  public KeyRequest {
    if (label.length() > LABEL_LENGTH_MAX || label.chars().anyMatch(Character::isISOControl)) {
      throw new KeyRefused(
          KeyRefused.Reason.LABEL,
          "A label has at most " + LABEL_LENGTH_MAX + " characters, none of them a control.");
    }
    if (permissions.isEmpty()) {
      throw new KeyRefused(
          KeyRefused.Reason.PERMISSIONS, "A key needs at least one of its permissions.");
    }
    permissions = Set.copyOf(EnumSet.copyOf(permissions));
    if (permissions.contains(Permission.WITHDRAW) && addresses.isEmpty()) {
      throw new KeyRefused(
          KeyRefused.Reason.PERMISSIONS,
          "A key that may withdraw needs a list of the addresses that it is used from.");
    }
    if (addresses.size() > ADDRESSES_MAX) {
      throw new KeyRefused(
          KeyRefused.Reason.ADDRESSES,
          "A key has at most " + ADDRESSES_MAX + " addresses and prefixes.");
    }
    if (addresses.anyWiderThan(IPV4_BITS_MIN, IPV6_BITS_MIN)) {
      throw new KeyRefused(
          KeyRefused.Reason.ADDRESSES,
          "Prefixes are at least /%d for IPv4 and /%d for IPv6."
              .formatted(IPV4_BITS_MIN, IPV6_BITS_MIN));
    }
  }

  /**
   * A request whose addresses are text as the user wrote it.
   *
   * @throws KeyRefused naming the entry that is no address
   */
  public static KeyRequest of(String label, Set<Permission> permissions, List<String> addresses) {
    Addresses parsed;
    try {
      parsed = Addresses.of(addresses);
    } catch (IllegalArgumentException e) {
      throw new KeyRefused(KeyRefused.Reason.ADDRESSES, e.getMessage() + ".");
    }
    return new KeyRequest(label, permissions, parsed);
  }
}
