package org.fondaco.custody.key;

/** What an address is for; the ordinal is its BIP-44 account, so the order never changes. */
public enum Tier {
  /** One address a customer: money comes in. */
  CUSTOMER,
  /** Withdrawals are paid from it, without a person. */
  HOT,
  /** Refills the hot tier; two people. */
  WARM,
  /** Offline: this machine has the public key only. */
  COLD,
  /** Pays the fees of token sweeps. */
  GAS
}
