package org.fondaco.api.security;

import org.fondaco.api.address.Addresses;

/**
 * An API key that is valid now: whose it is, how its holder proves to be that, and from where.
 *
 * @param addresses where it may be used from; empty = anywhere
 */
public record ApiKey(Identity identity, KeyVerifier verifier, KeyType type, Addresses addresses) {

  /** Whether it may be used from this address. */
  public boolean allows(String address) {
    return addresses.isEmpty() || addresses.contains(address);
  }
}
