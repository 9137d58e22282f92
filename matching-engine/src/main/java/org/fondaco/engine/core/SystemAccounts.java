package org.fondaco.engine.core;

/** Accounts of the venue itself; the only ones whose balance may go below zero. */
public final class SystemAccounts {

  /** Counterpart of what customers own: its balance is minus the amount held in custody. */
  public static final long CUSTODY = 1;

  /** Receives all trading fees. */
  public static final long FEES = 2;

  /** Receives pro-rata and chain-scale remainders. */
  public static final long ROUNDING = 3;

  /** Differences under investigation. */
  public static final long SUSPENSE = 4;

  /** Counterpart of test funds, for demonstration venues. */
  public static final long TEST_FUNDS = 5;

  /** Receives withdrawal fees and pays network fees; below zero when it paid more. */
  public static final long HOUSE = 6;

  private static final long LAST = HOUSE;

  /** First id that is not a system account. */
  public static final long FIRST_CUSTOMER = 1_000;

  private SystemAccounts() {}

  /** True for ids of the venue itself; they exist from birth and never place orders. */
  public static boolean isSystem(long account) {
    return account >= 1 && account <= LAST;
  }
}
