package org.fondaco.custody.reconciliation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reconciliation: where it stands, and what it found.
 *
 * @param n custody's last command in the ledger's totals, 0 until the Mark is applied
 * @param sequence of the Mark in the journal
 * @param note why it is inconclusive or discarded, else empty
 */
public record Cut(
    long id,
    State state,
    Instant begunAt,
    @Nullable Instant finishedAt,
    long n,
    long sequence,
    String note,
    List<AssetCut> assets) {
  public Cut {
    assets = List.copyOf(assets);
  }

  /** Where a cut stands. */
  public enum State {
    /** The Mark is on its way to the ledger. */
    MARKING,
    /** Applied; the database follows, then the nodes are asked. */
    MARKED,
    DONE,
    /** Five times the chains moved, or a node had no answer. That is no break. */
    INCONCLUSIVE,
    /** Begun by a process that died. */
    DISCARDED
  }

  /** True when it says that every asset has what it should have. */
  public boolean balanced() {
    return state == State.DONE
        && assets.stream().allMatch(asset -> asset.difference().signum() == 0);
  }

  /**
   * An asset at the cut.
   *
   * @param own what is there, as the node says, atoms
   * @param recorded what is there as custody's rows say
   * @param customers what customers own of the liabilities
   * @param difference the equation's break: own less what should be there; below zero = missing
   */
  public record AssetCut(
      int asset,
      String code,
      long cursorHeight,
      String cursorHash,
      BigDecimal own,
      BigDecimal recorded,
      BigDecimal customers,
      Terms terms,
      BigDecimal difference) {}
}
