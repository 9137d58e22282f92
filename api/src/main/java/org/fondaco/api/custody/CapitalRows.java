package org.fondaco.api.custody;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_ATTEMPTS;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;
import static org.fondaco.db.schema.Tables.CUSTODY_WITHDRAWALS;
import static org.fondaco.db.schema.Tables.CUSTODY_WITHDRAWAL_STEPS;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.fondaco.api.wallet.Capital.Deposit;
import org.fondaco.api.wallet.Capital.DepositQuery;
import org.fondaco.api.wallet.Capital.OwnAddress;
import org.fondaco.api.wallet.Capital.Part;
import org.fondaco.api.wallet.Capital.Step;
import org.fondaco.api.wallet.Capital.Withdrawal;
import org.fondaco.api.wallet.Capital.WithdrawalQuery;
import org.fondaco.db.schema.tables.records.CustodyDepositsRecord;
import org.fondaco.db.schema.tables.records.CustodyWithdrawalsRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Custody's tables as customers may see them; reads only. */
final class CapitalRows {
  /** Of a mined output, before it can be spent. */
  private static final int COINBASE_CONFIRMATIONS = 100;

  private static final HexFormat HEX = HexFormat.of();

  private final DSLContext database;
  private final Map<Integer, ServedAsset> assets;

  CapitalRows(DSLContext database, Map<Integer, ServedAsset> assets) {
    this.database = database;
    this.assets = assets;
  }

  private ServedAsset served(int asset) {
    return Objects.requireNonNull(assets.get(asset), () -> "asset " + asset + " has no settings");
  }

  List<OwnAddress> addresses(long account) {
    return database
        .selectFrom(CUSTODY_ADDRESSES)
        .where(CUSTODY_ADDRESSES.ACCOUNT.eq(account))
        .orderBy(CUSTODY_ADDRESSES.ADDRESS_ID)
        .fetch(row ->
            new OwnAddress(
                row.getFamily(),
                row.getAddress(),
                row.getState().equals("RETIRED"),
                row.getIssuedAt().toInstant()));
  }

  /** Whether a script is a deposit address of a customer. */
  boolean isInside(String family, byte[] script) {
    return database.fetchExists(
        CUSTODY_ADDRESSES,
        CUSTODY_ADDRESSES
            .FAMILY
            .eq(family)
            .and(CUSTODY_ADDRESSES.SCRIPT.eq(script))
            .and(CUSTODY_ADDRESSES.ACCOUNT.isNotNull()));
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Condition within(
      Part part,
      TableField<? extends Record, Integer> asset,
      TableField<? extends Record, OffsetDateTime> when) {
    Condition within = when.between(time(part.from()), time(part.to()));
    return part.asset() == null ? within : within.and(asset.eq(part.asset()));
  }

  private static byte @Nullable [] transaction(String text) {
    String plain = text.toLowerCase(Locale.ROOT);
    try {
      return HEX.parseHex(plain.startsWith("0x") ? plain.substring(2) : plain);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  List<Deposit> deposits(long account, DepositQuery query) {
    Condition wanted =
        CUSTODY_DEPOSITS
            .ACCOUNT
            .eq(account)
            .and(CUSTODY_DEPOSITS.ASSET.in(assets.keySet()))
            .and(within(query.part(), CUSTODY_DEPOSITS.ASSET, CUSTODY_DEPOSITS.SEEN_AT));
    if (query.status() != null) {
      wanted = wanted.and(CUSTODY_DEPOSITS.STATE.in(CapitalStates.of(query.status())));
    }
    if (query.txid() != null) {
      byte[] txid = transaction(query.txid());
      if (txid == null) {
        return List.of();
      }
      wanted = wanted.and(CUSTODY_DEPOSITS.TXID.eq(txid));
    }
    Field<Long> depth =
        greatest(CUSTODY_CHAINS.CURSOR_HEIGHT.minus(CUSTODY_DEPOSITS.HEIGHT).plus(1), inline(0L));
    Map<Integer, Long> shallow = new HashMap<>();
    return database
        .select(CUSTODY_DEPOSITS, CUSTODY_ADDRESSES.ADDRESS, depth)
        .from(CUSTODY_DEPOSITS)
        .join(CUSTODY_ADDRESSES)
        .on(CUSTODY_ADDRESSES.ADDRESS_ID.eq(CUSTODY_DEPOSITS.ADDRESS_ID))
        .leftJoin(CUSTODY_CHAINS)
        .on(CUSTODY_CHAINS.CHAIN.eq(CUSTODY_DEPOSITS.CHAIN))
        .where(wanted)
        .orderBy(CUSTODY_DEPOSITS.DEPOSIT_ID.desc())
        .limit(query.part().limit())
        .offset(query.part().offset())
        .fetch(row ->
            deposit(row.value1(), row.value2(), row.value3(), needed(row.value1(), shallow)));
  }

  private Deposit deposit(
      CustodyDepositsRecord row, String address, @Nullable Long depth, int needed) {
    ServedAsset served = served(row.getAsset());
    OffsetDateTime credited = row.getCreditedAt();
    return new Deposit(
        row.getDepositId(),
        row.getAsset(),
        row.getChain(),
        row.getUnits(),
        CapitalStates.deposit(row.getState()),
        address,
        served.printed(HEX.formatHex(row.getTxid())),
        row.getHeight() == null || depth == null ? 0 : depth,
        needed,
        row.getSeenAt().toInstant(),
        credited == null ? null : credited.toInstant());
  }

  /** A large amount in small pieces waits as long as in one, and what was mined longest. */
  private int needed(CustodyDepositsRecord row, Map<Integer, Long> shallow) {
    ServedAsset served = served(row.getAsset());
    long units = row.getUnits();
    if (CapitalStates.waits(row.getState())) {
      units =
          Math.max(
              units,
              shallow.computeIfAbsent(row.getAsset(), _ -> shallow(row.getAccount(), served)));
    }
    int needed = served.confirmations().applyAsInt(units);
    return row.getCoinbase() ? Math.max(needed, COINBASE_CONFIRMATIONS) : needed;
  }

  /** Units of an account that a reorganisation could still take, as custody counts them. */
  private long shallow(long account, ServedAsset served) {
    BigDecimal units =
        database
            .select(DSL.coalesce(sum(CUSTODY_DEPOSITS.UNITS), inline(BigDecimal.ZERO)))
            .from(CUSTODY_DEPOSITS)
            .join(CUSTODY_CHAINS)
            .on(CUSTODY_CHAINS.CHAIN.eq(CUSTODY_DEPOSITS.CHAIN))
            .where(CUSTODY_DEPOSITS.ACCOUNT.eq(account))
            .and(CUSTODY_DEPOSITS.ASSET.eq(served.asset().id()))
            .and(
                CUSTODY_DEPOSITS.HEIGHT.gt(
                    CUSTODY_CHAINS.CURSOR_HEIGHT.plus(1L).minus(served.confirmationsMax())))
            .and(CUSTODY_DEPOSITS.STATE.in(CapitalStates.COUNTED))
            .fetchSingle()
            .value1();
    return units.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
  }

  List<Withdrawal> withdrawals(long account, WithdrawalQuery query) {
    Condition wanted =
        CUSTODY_WITHDRAWALS
            .ACCOUNT
            .eq(account)
            .and(within(query.part(), CUSTODY_WITHDRAWALS.ASSET, CUSTODY_WITHDRAWALS.REQUESTED_AT));
    if (query.status() != null) {
      wanted = wanted.and(CapitalStates.of(query.status()));
    }
    if (query.orderId() != null) {
      wanted = wanted.and(CUSTODY_WITHDRAWALS.WITHDRAW_ORDER_ID.eq(query.orderId()));
    }
    if (!query.ids().isEmpty()) {
      wanted = wanted.and(CUSTODY_WITHDRAWALS.WITHDRAWAL_ID.in(query.ids()));
    }
    return withdrawals(wanted, query.part().offset(), query.part().limit());
  }

  /** One withdrawal of an account, empty when it has none of this id. */
  List<Withdrawal> withdrawal(long account, long id) {
    return withdrawals(
        CUSTODY_WITHDRAWALS.ACCOUNT.eq(account).and(CUSTODY_WITHDRAWALS.WITHDRAWAL_ID.eq(id)),
        0,
        1);
  }

  private List<Withdrawal> withdrawals(Condition wanted, int offset, int limit) {
    // A mined attempt has the same id as the withdrawal's transaction, unless it was malleated.
    Field<@Nullable Long> height =
        DSL.field(
            select(DSL.max(CUSTODY_ATTEMPTS.HEIGHT))
                .from(CUSTODY_ATTEMPTS)
                .where(CUSTODY_ATTEMPTS.GROUP_ID.eq(CUSTODY_WITHDRAWALS.GROUP_ID)));
    return database
        .select(
            CUSTODY_WITHDRAWALS,
            when(height.isNull(), 0L)
                .otherwise(
                    greatest(CUSTODY_CHAINS.CURSOR_HEIGHT.minus(height).plus(1), inline(0L))))
        .from(CUSTODY_WITHDRAWALS)
        .leftJoin(CUSTODY_CHAINS)
        .on(CUSTODY_CHAINS.CHAIN.eq(CUSTODY_WITHDRAWALS.CHAIN))
        .where(wanted)
        .orderBy(CUSTODY_WITHDRAWALS.WITHDRAWAL_ID.desc())
        .limit(limit)
        .offset(offset)
        .fetch(row -> withdrawal(row.value1(), row.value2()));
  }

  private Withdrawal withdrawal(CustodyWithdrawalsRecord row, @Nullable Long depth) {
    byte[] txid = row.getTxid();
    OffsetDateTime completed = row.getCompletedAt();
    return new Withdrawal(
        row.getWithdrawalId(),
        row.getWithdrawOrderId(),
        row.getAsset(),
        row.getChain(),
        row.getAddress(),
        row.getAmount(),
        row.getFee(),
        CapitalStates.withdrawal(row),
        row.getState(),
        row.getReason(),
        txid == null ? null : served(row.getAsset()).printed(HEX.formatHex(txid)),
        row.getInternalAccount() != null,
        depth == null ? 0 : depth,
        row.getRequestedAt().toInstant(),
        completed == null ? null : completed.toInstant());
  }

  List<Step> steps(long account, long id) {
    return database
        .select(
            CUSTODY_WITHDRAWAL_STEPS.AT,
            CUSTODY_WITHDRAWAL_STEPS.STATE,
            CUSTODY_WITHDRAWAL_STEPS.MEMO)
        .from(CUSTODY_WITHDRAWAL_STEPS)
        .join(CUSTODY_WITHDRAWALS)
        .on(CUSTODY_WITHDRAWALS.WITHDRAWAL_ID.eq(CUSTODY_WITHDRAWAL_STEPS.WITHDRAWAL_ID))
        .where(CUSTODY_WITHDRAWALS.WITHDRAWAL_ID.eq(id))
        .and(CUSTODY_WITHDRAWALS.ACCOUNT.eq(account))
        .orderBy(CUSTODY_WITHDRAWAL_STEPS.STEP)
        .fetch(row -> new Step(row.value1().toInstant(), row.value2(), row.value3()));
  }

  /** Held by withdrawals that are not finished, by asset. */
  Map<Integer, Long> withdrawing(long account) {
    Field<BigDecimal> held = sum(CUSTODY_WITHDRAWALS.AMOUNT.plus(CUSTODY_WITHDRAWALS.FEE));
    Map<Integer, Long> byAsset = new HashMap<>();
    database
        .select(CUSTODY_WITHDRAWALS.ASSET, held)
        .from(CUSTODY_WITHDRAWALS)
        .where(CUSTODY_WITHDRAWALS.ACCOUNT.eq(account))
        .and(CUSTODY_WITHDRAWALS.HOLD_ID.isNotNull())
        .and(CUSTODY_WITHDRAWALS.STATE.in(CapitalStates.HOLDING))
        .groupBy(CUSTODY_WITHDRAWALS.ASSET)
        .forEach(row -> byAsset.put(row.value1(), row.value2().longValueExact()));
    return byAsset;
  }

  /** Why a chain's blocks are not followed, by chain; absent = they are. */
  Map<String, String> haltedChains() {
    return database
        .select(CUSTODY_CHAINS.CHAIN, CUSTODY_CHAINS.HALTED)
        .from(CUSTODY_CHAINS)
        .where(CUSTODY_CHAINS.HALTED.isNotNull())
        .fetchMap(CUSTODY_CHAINS.CHAIN, CUSTODY_CHAINS.HALTED);
  }
}
