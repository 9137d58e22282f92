package org.fondaco.engine.core;

/**
 * 128-bit hash of balances in any order: the sum of a mix of each, so that whoever has the same
 * balances has the same hash. Balances of which total and held are both 0 count as absent.
 */
public final class LedgerHash {

  private final StateHash sum = new StateHash();

  /**
   * Adds one balance; each must be added once.
   *
   * @param account account id
   * @param asset asset id
   * @param total ledger units
   * @param held ledger units of total that are held
   */
  public void add(long account, int asset, long total, long held) {
    if ((total | held) == 0) {
      return;
    }
    sum.begin(State.BALANCE);
    sum.put(account);
    sum.put(asset);
    sum.put(total);
    sum.put(held);
    sum.end();
  }

  /** High half first. */
  public long[] value() {
    return sum.value();
  }
}
