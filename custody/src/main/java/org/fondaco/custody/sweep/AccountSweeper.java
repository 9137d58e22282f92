package org.fondaco.custody.sweep;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_BALANCE_CHANGES;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;
import static org.fondaco.db.schema.Tables.CUSTODY_GROUPS;
import static org.fondaco.db.schema.Tables.CUSTODY_SWEEPS;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.EvmNode;
import org.fondaco.custody.issue.AddressIssue;
import org.fondaco.custody.issue.IssuedAddress;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.custody.payout.GroupPlan;
import org.fondaco.custody.payout.GroupPlanner;
import org.fondaco.custody.payout.Payment;
import org.fondaco.custody.payout.Planned;
import org.fondaco.custody.payout.Purpose;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * One account after another to the hot wallet: tokens first, with gas from the gas station where
 * the account has none, the coin last and to the last wei. At most one sweep of an account is live.
 */
public final class AccountSweeper {
  private static final long GAS_OF_COIN = 21_000;
  private static final long GAS_OF_TOKEN = 120_000;

  private final ChainName chain;
  private final Asset coin;
  private final Map<Integer, Asset> assets;
  private final Map<Integer, BigInteger> minimum;
  private final EvmNode node;
  private final SweepRules rules;
  private final Transactions transactions;
  private final AddressIssue addresses;
  private final GroupPlanner planner;
  private final InstantSource clock;
  private final Map<Long, Instant> notBefore = new HashMap<>();
  private Instant next = Instant.MIN;

  /**
   * @param minimum atoms by asset below which nothing is swept; the coin's must be worth its fee
   *     too
   */
  public AccountSweeper(
      Asset coin,
      Map<Integer, Asset> assets,
      Map<Integer, BigInteger> minimum,
      EvmNode node,
      SweepRules rules,
      Transactions transactions,
      AddressIssue addresses,
      GroupPlanner planner,
      InstantSource clock) {
    this.chain = coin.chain();
    this.coin = coin;
    this.assets = Map.copyOf(assets);
    this.minimum = Map.copyOf(minimum);
    this.node = node;
    this.rules = rules;
    this.transactions = transactions;
    this.addresses = addresses;
    this.planner = planner;
    this.clock = clock;
  }

  /** What an account has that may be moved. */
  private record Holding(
      long addressId, String address, byte[] script, int asset, BigInteger atoms) {
    @Override
    public String toString() {
      return address + " " + asset + " " + atoms;
    }
  }

  /** Plans one sweep, or the gas for one; false when there is nothing to plan now. */
  public boolean step() {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return false;
    }
    List<Holding> candidates = transactions.result(this::candidates);
    for (Holding holding : candidates) {
      if (now.isBefore(notBefore.getOrDefault(holding.addressId, Instant.MIN))) {
        continue;
      }
      if (sweep(holding)) {
        return true;
      }
      notBefore.put(holding.addressId, now.plus(rules.pause()));
    }
    next = now.plus(rules.pause());
    return false;
  }

  private boolean sweep(Holding holding) {
    BigInteger price = price();
    boolean isCoin = holding.asset == coin.id();
    if (isCoin) {
      BigInteger fee = price.multiply(BigInteger.valueOf(GAS_OF_COIN));
      if (holding.atoms.compareTo(fee.multiply(BigInteger.valueOf(rules.worth()))) < 0) {
        return false;
      }
    }
    IssuedAddress hot = addresses.house(chain, Tier.HOT);
    byte[] hotScript = transactions.result(t -> script(t, hot.id()));
    Asset asset = Objects.requireNonNull(assets.get(holding.asset));
    List<Payment> payments =
        isCoin ? List.of() : List.of(new Payment(hotScript, hot.address(), holding.atoms, null));
    Planned planned =
        planner.plan(
            new GroupPlan(
                Purpose.SWEEP,
                asset,
                new GroupPlan.From.Account(holding.addressId),
                payments,
                hot.id()),
            (t, group) ->
                SweepRows.assigned(
                    t,
                    chain,
                    holding.addressId,
                    holding.asset,
                    holding.atoms,
                    group,
                    clock.instant()));
    if (planned instanceof Planned.Impossible(Planned.Reason reason, String message)
        && reason == Planned.Reason.GAS
        && !isCoin) {
      return fund(holding, price);
    }
    return planned instanceof Planned.Group;
  }

  /** Gas for a token's sweep: twice what it costs now, so that a busy block does not strand it. */
  private boolean fund(Holding holding, BigInteger price) {
    IssuedAddress station = addresses.house(chain, Tier.GAS);
    BigInteger gas = price.multiply(BigInteger.valueOf(2 * GAS_OF_TOKEN));
    Planned planned =
        planner.plan(
            new GroupPlan(
                Purpose.FUNDING,
                coin,
                new GroupPlan.From.Account(station.id()),
                List.of(new Payment(holding.script, holding.address, gas, null)),
                station.id()),
            (t, group) ->
                SweepRows.funding(
                    t,
                    chain,
                    holding.addressId,
                    holding.asset,
                    holding.atoms,
                    group,
                    clock.instant()));
    return planned instanceof Planned.Group;
  }

  private BigInteger price() {
    BigInteger base = node.baseFee();
    BigInteger suggested = node.suggestedPrice();
    return base == null ? suggested : base.multiply(BigInteger.TWO).add(suggested);
  }

  private static byte[] script(DSLContext t, long addressId) {
    return t.select(CUSTODY_ADDRESSES.SCRIPT)
        .from(CUSTODY_ADDRESSES)
        .where(CUSTODY_ADDRESSES.ADDRESS_ID.eq(addressId))
        .fetchSingle()
        .value1();
  }

  /** Tokens before the coin, and the coin only where no token is left; accounts at rest only. */
  private List<Holding> candidates(DSLContext t) {
    Long cursor =
        t.select(CUSTODY_CHAINS.CURSOR_HEIGHT)
            .from(CUSTODY_CHAINS)
            .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
            .and(CUSTODY_CHAINS.HALTED.isNull())
            .fetchOne(CUSTODY_CHAINS.CURSOR_HEIGHT);
    if (cursor == null) {
      return List.of();
    }
    var sum = DSL.sum(CUSTODY_BALANCE_CHANGES.ATOMS);
    List<Holding> found =
        t.select(
                CUSTODY_ADDRESSES.ADDRESS_ID,
                CUSTODY_ADDRESSES.ADDRESS,
                CUSTODY_ADDRESSES.SCRIPT,
                CUSTODY_BALANCE_CHANGES.ASSET,
                sum)
            .from(CUSTODY_BALANCE_CHANGES)
            .join(CUSTODY_ADDRESSES)
            .on(CUSTODY_ADDRESSES.ADDRESS_ID.eq(CUSTODY_BALANCE_CHANGES.ADDRESS_ID))
            .where(CUSTODY_BALANCE_CHANGES.CHAIN.eq(chain.name()))
            .and(CUSTODY_ADDRESSES.TIER.eq(Tier.CUSTOMER.name()))
            .and(atRest(t, cursor - rules.sweepDepth() + 1))
            .groupBy(
                CUSTODY_ADDRESSES.ADDRESS_ID,
                CUSTODY_ADDRESSES.ADDRESS,
                CUSTODY_ADDRESSES.SCRIPT,
                CUSTODY_BALANCE_CHANGES.ASSET)
            .having(sum.gt(BigDecimal.ZERO))
            .orderBy(CUSTODY_ADDRESSES.ADDRESS_ID, CUSTODY_BALANCE_CHANGES.ASSET)
            .fetch(row ->
                new Holding(
                    row.value1(),
                    row.value2(),
                    row.value3(),
                    row.value4(),
                    row.value5().toBigIntegerExact()));
    List<Holding> tokens = new ArrayList<>();
    List<Holding> coins = new ArrayList<>();
    for (Holding holding : found) {
      BigInteger least = minimum.getOrDefault(holding.asset, BigInteger.ONE);
      if (!assets.containsKey(holding.asset) || holding.atoms.compareTo(least) < 0) {
        continue;
      }
      (holding.asset == coin.id() ? coins : tokens).add(holding);
    }
    coins.removeIf(c -> tokens.stream().anyMatch(token -> token.addressId == c.addressId));
    tokens.addAll(coins);
    return tokens;
  }

  /** Nothing of the account is under way, in or out, and all that came is credited and deep. */
  private static Condition atRest(DSLContext t, long deep) {
    return DSL.notExists(
            t.selectFrom(CUSTODY_SWEEPS)
                .where(CUSTODY_SWEEPS.ADDRESS_ID.eq(CUSTODY_ADDRESSES.ADDRESS_ID))
                .and(CUSTODY_SWEEPS.STATE.in("FUNDING", "ASSIGNED", "MINED")))
        .and(
            DSL.notExists(
                t.selectFrom(CUSTODY_GROUPS)
                    .where(CUSTODY_GROUPS.FROM_ID.eq(CUSTODY_ADDRESSES.ADDRESS_ID))
                    .and(CUSTODY_GROUPS.STATE.in("INTENT", "SENDING", "MINED"))))
        .and(
            DSL.notExists(
                t.selectFrom(CUSTODY_DEPOSITS)
                    .where(CUSTODY_DEPOSITS.ADDRESS_ID.eq(CUSTODY_ADDRESSES.ADDRESS_ID))
                    .and(
                        CUSTODY_DEPOSITS
                            .STATE
                            .in("SEEN", "CONFIRMED", "SUSPENSE", "UNATTRIBUTED")
                            .or(
                                CUSTODY_DEPOSITS
                                    .STATE
                                    .in("CREDITED", "FINAL")
                                    .and(CUSTODY_DEPOSITS.HEIGHT.gt(deep))))));
  }
}
