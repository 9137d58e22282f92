package org.fondaco.custody.ledger;

/** What custody asks of the ledger. Amounts are ledger units of the asset, positive. */
public sealed interface LedgerCommand {

  /** A deposit: from the asset's custody account to the customer's. */
  record Credit(long account, int asset, long amount) implements LedgerCommand {}

  /** Holds an amount of a customer for a withdrawal, without a deadline. */
  record Reserve(long account, int asset, long amount) implements LedgerCommand {}

  /**
   * A withdrawal was paid: closes its hold, {@code amount} leaves through the asset's custody
   * account, {@code fee} goes to the house.
   */
  record Post(long holdId, int asset, long amount, long fee) implements LedgerCommand {}

  /** As {@link Post}, but the amount goes to another customer of ours; nothing leaves. */
  record PostInside(long holdId, int asset, long amount, long fee, long toAccount)
      implements LedgerCommand {}

  /** Releases a hold. */
  record Void(long holdId) implements LedgerCommand {}

  /** Stops an account: no orders, no holds, nothing leaves it; credits are taken. */
  record Freeze(long account) implements LedgerCommand {}

  /** Lets a frozen account act again. */
  record Unfreeze(long account) implements LedgerCommand {}

  /** A network fee was paid: from the house through the asset's custody account. */
  record Expense(int asset, long amount) implements LedgerCommand {}

  /** Two people's correction between accounts, system accounts included. */
  record Adjust(long from, long to, int asset, long amount) implements LedgerCommand {}

  /** Asks for the totals at this instant, for a reconciliation. */
  record Mark(long cutId) implements LedgerCommand {}
}
