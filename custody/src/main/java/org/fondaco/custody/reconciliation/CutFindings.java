package org.fondaco.custody.reconciliation;

import static org.fondaco.db.schema.Tables.CUSTODY_BREAKS;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.fondaco.custody.breaks.Breaks;
import org.fondaco.custody.breaks.Breaks.Cause;
import org.fondaco.custody.policy.Halts;
import org.jooq.DSLContext;

/**
 * What a cut's numbers cause: breaks that keep their age as long as they last, and the halt of an
 * asset of which something is missing. More than expected halts nothing, or anybody could stop
 * withdrawals with a satoshi.
 */
final class CutFindings {
  private static final String EQUATION = "equation";
  private static final String LEDGER = "ledger";

  /** Causes that take coins away, other than a term of the equation. */
  private static final List<String> EXPLAIN =
      List.of(
          Cause.FOREIGN_SPEND.name(),
          Cause.BALANCE_MISSING.name(),
          Cause.NODE_DIFFERS.name(),
          Cause.WRONG_TRANSFER.name());

  private final Halts halts;

  CutFindings(Halts halts) {
    this.halts = halts;
  }

  void write(
      DSLContext t,
      long cutId,
      Cut.AssetCut cut,
      List<HoldingsCheck.Difference> differences,
      String projection,
      Instant at) {
    int asset = cut.asset();
    nodes(t, cutId, asset, differences, at);
    if (projection.isEmpty()) {
      Breaks.close(t, asset, Cause.PROJECTION_DIFFERS, LEDGER, "agrees in cut " + cutId, at);
    } else {
      String note = "cut " + cutId + ": " + projection;
      Breaks.open(t, asset, Cause.PROJECTION_DIFFERS, LEDGER, BigInteger.ZERO, note, at);
    }
    BigDecimal difference = cut.difference();
    if (difference.signum() == 0) {
      Breaks.close(t, asset, Cause.UNEXPLAINED, EQUATION, "balanced in cut " + cutId, at);
      return;
    }
    String what = difference.signum() < 0 ? "missing" : "more than expected";
    BigInteger atoms = difference.setScale(0, RoundingMode.FLOOR).toBigInteger();
    Breaks.open(t, asset, Cause.UNEXPLAINED, EQUATION, atoms, "cut " + cutId + ": " + what, at);
    if (difference.signum() < 0) {
      deficit(t, cutId, cut);
    }
  }

  private void deficit(DSLContext t, long cutId, Cut.AssetCut cut) {
    boolean explained =
        t.fetchExists(
            t.selectFrom(CUSTODY_BREAKS)
                .where(CUSTODY_BREAKS.ASSET.eq(cut.asset()))
                .and(CUSTODY_BREAKS.CLOSED_AT.isNull())
                .and(CUSTODY_BREAKS.CAUSE.in(EXPLAIN))
                .and(CUSTODY_BREAKS.ATOMS.lt(BigInteger.ZERO)));
    if (explained || CutRows.before(t, cutId, cut.asset()).signum() < 0) {
      String reason =
          "cut %d: %s atoms of %s are missing"
              .formatted(cutId, cut.difference().negate().toPlainString(), cut.code());
      halts.halt(t, cut.asset(), "custody", reason);
    }
  }

  private static void nodes(
      DSLContext t, long cutId, int asset, List<HoldingsCheck.Difference> differences, Instant at) {
    Set<String> still = new TreeSet<>();
    for (HoldingsCheck.Difference difference : differences) {
      if (difference.asset() == asset) {
        still.add(difference.key());
        Breaks.open(
            t,
            asset,
            Cause.NODE_DIFFERS,
            difference.key(),
            difference.atoms(),
            "cut " + cutId + ": the node has it otherwise than the scanned blocks",
            at);
      }
    }
    t
        .select(CUSTODY_BREAKS.KEY)
        .from(CUSTODY_BREAKS)
        .where(CUSTODY_BREAKS.ASSET.eq(asset))
        .and(CUSTODY_BREAKS.CAUSE.eq(Cause.NODE_DIFFERS.name()))
        .and(CUSTODY_BREAKS.CLOSED_AT.isNull())
        .fetch(CUSTODY_BREAKS.KEY)
        .stream()
        .filter(key -> !still.contains(key))
        .forEach(
            key -> Breaks.close(t, asset, Cause.NODE_DIFFERS, key, "agrees in cut " + cutId, at));
  }
}
