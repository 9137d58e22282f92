package org.fondaco.custody.sweep;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_ANCHORS;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;
import static org.fondaco.db.schema.Tables.CUSTODY_GROUPS;
import static org.fondaco.db.schema.Tables.CUSTODY_OUTPUTS;

import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.issue.AddressIssue;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.custody.payout.GroupPlan;
import org.fondaco.custody.payout.GroupPlanner;
import org.fondaco.custody.payout.Planned;
import org.fondaco.custody.payout.Purpose;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Many customers' outputs into one of the hot wallet. An output is taken when its deposit is
 * credited, deep enough, and worth many times what spending it costs; one group at a time.
 */
public final class OutputSweeper {
  /** Virtual bytes of an input with one key, rounded up: 148 of P2PKH, 68 of P2WPKH. */
  private static final long INPUT_VIRTUAL_BYTES = 148;

  private static final int BLOCKS = 12;
  private static final BigInteger KILO = BigInteger.valueOf(1_000);

  private final Asset coin;
  private final CoreNode node;
  private final SweepRules rules;
  private final Transactions transactions;
  private final AddressIssue addresses;
  private final GroupPlanner planner;
  private final InstantSource clock;
  private Instant next = Instant.MIN;

  public OutputSweeper(
      Asset coin,
      CoreNode node,
      SweepRules rules,
      Transactions transactions,
      AddressIssue addresses,
      GroupPlanner planner,
      InstantSource clock) {
    this.coin = coin;
    this.node = node;
    this.rules = rules;
    this.transactions = transactions;
    this.addresses = addresses;
    this.planner = planner;
    this.clock = clock;
  }

  /** Plans one sweep, or the gas for one; false when there is nothing to plan now. */
  public boolean step() {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return false;
    }
    next = now.plus(rules.pause());
    List<Found> ready = transactions.result(this::ready);
    if (ready.isEmpty()) {
      return false;
    }
    BigInteger least = cost(node.feeRate(BLOCKS)).multiply(BigInteger.valueOf(rules.worth()));
    List<String> worth = new ArrayList<>();
    for (Found found : ready) {
      if (found.atoms.compareTo(least) >= 0) {
        worth.add(found.outpoint);
      }
    }
    if (worth.isEmpty()) {
      return false;
    }
    long hot = addresses.house(coin.chain(), Tier.HOT).id();
    GroupPlan plan =
        new GroupPlan(Purpose.SWEEP, coin, new GroupPlan.From.Outputs(worth), List.of(), hot);
    return planner.plan(plan, (t, group) -> {}) instanceof Planned.Group;
  }

  private static BigInteger cost(BigInteger rate) {
    return rate.multiply(BigInteger.valueOf(INPUT_VIRTUAL_BYTES)).divide(KILO).max(BigInteger.ONE);
  }

  private record Found(String outpoint, BigInteger atoms) {}

  /** The dearest first; nothing while a sweep of the chain is under way. */
  private List<Found> ready(DSLContext t) {
    String chain = coin.chain().name();
    boolean busy =
        t.fetchExists(
            t.selectFrom(CUSTODY_GROUPS)
                .where(CUSTODY_GROUPS.CHAIN.eq(chain))
                .and(CUSTODY_GROUPS.PURPOSE.eq(Purpose.SWEEP.name()))
                .and(CUSTODY_GROUPS.STATE.in("INTENT", "SENDING", "MINED")));
    Long cursor =
        t.select(CUSTODY_CHAINS.CURSOR_HEIGHT)
            .from(CUSTODY_CHAINS)
            .where(CUSTODY_CHAINS.CHAIN.eq(chain))
            .and(CUSTODY_CHAINS.HALTED.isNull())
            .fetchOne(CUSTODY_CHAINS.CURSOR_HEIGHT);
    if (busy || cursor == null) {
      return List.of();
    }
    return t.select(CUSTODY_OUTPUTS.TXID, CUSTODY_OUTPUTS.VOUT, CUSTODY_OUTPUTS.ATOMS)
        .from(CUSTODY_OUTPUTS)
        .join(CUSTODY_ADDRESSES)
        .on(CUSTODY_ADDRESSES.ADDRESS_ID.eq(CUSTODY_OUTPUTS.ADDRESS_ID))
        .join(CUSTODY_DEPOSITS)
        .on(CUSTODY_DEPOSITS.CHAIN.eq(CUSTODY_OUTPUTS.CHAIN))
        .and(CUSTODY_DEPOSITS.TXID.eq(CUSTODY_OUTPUTS.TXID))
        .and(CUSTODY_DEPOSITS.POSITION.eq(CUSTODY_OUTPUTS.VOUT.cast(String.class)))
        .where(CUSTODY_OUTPUTS.CHAIN.eq(chain))
        .and(CUSTODY_OUTPUTS.SPENT_HEIGHT.isNull())
        .and(CUSTODY_OUTPUTS.HEIGHT.le(cursor - rules.sweepDepth() + 1))
        .and(CUSTODY_ADDRESSES.TIER.eq(Tier.CUSTOMER.name()))
        .and(CUSTODY_DEPOSITS.STATE.in("CREDITED", "FINAL"))
        .and(free(t, chain))
        .orderBy(CUSTODY_OUTPUTS.ATOMS.desc(), CUSTODY_OUTPUTS.TXID, CUSTODY_OUTPUTS.VOUT)
        .limit(rules.inputsMax())
        .fetch(row -> new Found(outpoint(row.value1(), row.value2()), row.value3()));
  }

  private static String outpoint(byte[] txid, int vout) {
    return HexFormat.of().formatHex(txid) + ":" + vout;
  }

  private static Condition free(DSLContext t, String chain) {
    return DSL.notExists(
        t.selectFrom(CUSTODY_ANCHORS)
            .where(CUSTODY_ANCHORS.CHAIN.eq(chain))
            .and(
                CUSTODY_ANCHORS.ANCHOR.eq(
                    DSL.field(
                        "encode({0}, 'hex') || ':' || {1}",
                        String.class, CUSTODY_OUTPUTS.TXID, CUSTODY_OUTPUTS.VOUT))));
  }
}
