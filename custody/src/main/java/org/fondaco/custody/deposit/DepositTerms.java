package org.fondaco.custody.deposit;

import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;
import static org.fondaco.db.schema.Tables.CUSTODY_OUTBOX;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.outbox.Subject;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * What deposits contribute to an asset's reconciliation, in atoms (CUSTODY_FLOWS.md, section 6):
 * {@code O − Λ = total()} as far as deposits go. Credits are counted up to a command's number;
 * whatever was answered later is taken as not answered.
 *
 * @param seen on the chain, not deep enough
 * @param confirmed whole units that are deep enough and not credited
 * @param belowMin never credited
 * @param residue less than a unit, of deposits that are confirmed or later
 * @param unattributed nobody's yet
 * @param writtenOffReturn coins that came back after their credit was taken back
 * @param suspense whole units whose credit the ledger refused; each has a break of its own
 * @param creditedOrphan whole units that are credited and on no block
 */
public record DepositTerms(
    BigInteger seen,
    BigInteger confirmed,
    BigInteger belowMin,
    BigInteger residue,
    BigInteger unattributed,
    BigInteger writtenOffReturn,
    BigInteger suspense,
    BigInteger creditedOrphan) {

  /** By how much own coins exceed what the ledger was told. */
  public BigInteger total() {
    return seen.add(confirmed)
        .add(belowMin)
        .add(residue)
        .add(unattributed)
        .add(writtenOffReturn)
        .add(suspense)
        .subtract(creditedOrphan);
  }

  private record Group(DepositState state, boolean onChain) {}

  /**
   * The terms as the rows of the caller's transaction have them.
   *
   * @param appliedN custody's last number at the cut
   */
  public static DepositTerms at(DSLContext dsl, Asset asset, long appliedN) {
    Field<Boolean> onChain = DSL.field(CUSTODY_DEPOSITS.HEIGHT.isNotNull());
    Map<Group, BigInteger> later = later(dsl, asset, appliedN, onChain);
    Sums sums = new Sums(asset);
    dsl.select(
            CUSTODY_DEPOSITS.STATE,
            onChain,
            DSL.sum(CUSTODY_DEPOSITS.ATOMS),
            DSL.sum(CUSTODY_DEPOSITS.RESIDUE),
            DSL.sum(CUSTODY_DEPOSITS.CREDITED))
        .from(CUSTODY_DEPOSITS)
        .where(CUSTODY_DEPOSITS.ASSET.eq(asset.id()))
        .groupBy(CUSTODY_DEPOSITS.STATE, onChain)
        .forEach(r -> {
          Group group = new Group(DepositState.valueOf(r.value1()), r.value2());
          BigInteger credited =
              r.value5().toBigIntegerExact().subtract(later.getOrDefault(group, BigInteger.ZERO));
          sums.add(group, r.value3().toBigIntegerExact(), r.value4().toBigIntegerExact(), credited);
        });
    return sums.terms();
  }

  /** Credits less write-offs that were answered after the cut. */
  private static Map<Group, BigInteger> later(
      DSLContext dsl, Asset asset, long appliedN, Field<Boolean> onChain) {
    Field<BigDecimal> net =
        DSL.sum(
            DSL.when(CUSTODY_OUTBOX.KIND.eq("Credit"), CUSTODY_OUTBOX.AMOUNT)
                .when(CUSTODY_OUTBOX.KIND.eq("Adjust"), CUSTODY_OUTBOX.AMOUNT.neg())
                .otherwise(0L));
    Map<Group, BigInteger> later = new HashMap<>();
    dsl.select(CUSTODY_DEPOSITS.STATE, onChain, net)
        .from(CUSTODY_OUTBOX)
        .join(CUSTODY_DEPOSITS)
        .on(CUSTODY_DEPOSITS.DEPOSIT_ID.eq(CUSTODY_OUTBOX.SUBJECT_ID))
        .where(CUSTODY_OUTBOX.N.gt(appliedN))
        .and(CUSTODY_OUTBOX.OUTCOME.eq("APPLIED"))
        .and(CUSTODY_OUTBOX.SUBJECT_KIND.eq(Subject.Kind.DEPOSIT.name()))
        .and(CUSTODY_DEPOSITS.ASSET.eq(asset.id()))
        .groupBy(CUSTODY_DEPOSITS.STATE, onChain)
        .forEach(r ->
            later.put(
                new Group(DepositState.valueOf(r.value1()), r.value2()),
                r.value3().toBigIntegerExact()));
    return later;
  }

  /** Groups of rows on their way to terms. */
  private static final class Sums {
    private final Asset asset;
    private BigInteger seen = BigInteger.ZERO;
    private BigInteger confirmed = BigInteger.ZERO;
    private BigInteger belowMin = BigInteger.ZERO;
    private BigInteger residueSum = BigInteger.ZERO;
    private BigInteger unattributed = BigInteger.ZERO;
    private BigInteger writtenOffReturn = BigInteger.ZERO;
    private BigInteger suspense = BigInteger.ZERO;
    private BigInteger creditedOrphan = BigInteger.ZERO;

    Sums(Asset asset) {
      this.asset = asset;
    }

    /** Units of credits as atoms; they are whole atoms, for they were atoms once. */
    private BigInteger atoms(BigInteger units) {
      int shift = asset.decimals() - asset.scale();
      return shift >= 0
          ? units.multiply(BigInteger.TEN.pow(shift))
          : units.divide(BigInteger.TEN.pow(-shift));
    }

    void add(Group group, BigInteger atoms, BigInteger residue, BigInteger credited) {
      BigInteger told = atoms(credited);
      if (!group.onChain()) {
        creditedOrphan = creditedOrphan.add(told);
        return;
      }
      BigInteger whole = atoms.subtract(residue).subtract(told);
      switch (group.state()) {
        case SEEN -> seen = seen.add(whole).add(residue);
        case BELOW_MIN -> belowMin = belowMin.add(whole).add(residue);
        case UNATTRIBUTED -> unattributed = unattributed.add(whole).add(residue);
        case WRITTEN_OFF -> writtenOffReturn = writtenOffReturn.add(whole).add(residue);
        case SUSPENSE -> {
          suspense = suspense.add(whole);
          residueSum = residueSum.add(residue);
        }
        case CONFIRMED, CREDITED, CREDITED_ORPHANED, FINAL -> {
          confirmed = confirmed.add(whole);
          residueSum = residueSum.add(residue);
        }
        case ORPHANED -> throw new IllegalStateException("orphaned deposits on the chain");
      }
    }

    DepositTerms terms() {
      return new DepositTerms(
          seen,
          confirmed,
          belowMin,
          residueSum,
          unattributed,
          writtenOffReturn,
          suspense,
          creditedOrphan);
    }
  }
}
