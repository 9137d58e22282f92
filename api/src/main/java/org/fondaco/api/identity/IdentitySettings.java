package org.fondaco.api.identity;

/**
 * How the venue treats those who knock.
 *
 * @param registration whether strangers may register
 * @param wrongPerAccount wrong attempts at an account in a quarter of an hour
 * @param wrongPerAddress wrong attempts from an address, and registrations from it, in that time
 */
public record IdentitySettings(boolean registration, int wrongPerAccount, int wrongPerAddress) {

  /** Open; ten and a hundred. */
  public static final IdentitySettings DEFAULT = new IdentitySettings(true, 10, 100);
}
