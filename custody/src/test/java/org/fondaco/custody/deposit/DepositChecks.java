package org.fondaco.custody.deposit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.CUSTODY_BALANCE_CHANGES;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSIT_FILLS;
import static org.fondaco.db.schema.Tables.CUSTODY_OUTBOX;
import static org.fondaco.db.schema.Tables.CUSTODY_OUTPUTS;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.ledger.ModelLedger;
import org.fondaco.db.schema.tables.records.CustodyDepositsRecord;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What has to be true after every step, and more that is true when all is at rest. */
final class DepositChecks {
  private final DepositWorld world;
  private final Random random;

  DepositChecks(DepositWorld world, Random random) {
    this.world = world;
    this.random = random;
  }

  /** After every step, wherever it crashed. */
  void always() {
    List<CustodyDepositsRecord> rows =
        world.sql().selectFrom(CUSTODY_DEPOSITS).orderBy(CUSTODY_DEPOSITS.DEPOSIT_ID).fetch();
    for (Asset asset : DepositWorld.ASSETS) {
      String tip = cursor(asset.chain());
      if (tip != null) {
        NaiveChain naive =
            asset.chain() == ChainName.BTC
                ? NaiveChain.ofOutputs(world, tip)
                : NaiveChain.ofAccounts(world, tip);
        equation(asset, naive);
        sameDeposits(asset, naive, rows);
      }
    }
    credits(rows);
    holesAreUsedFirst(rows);
  }

  private @Nullable String cursor(ChainName chain) {
    return world
        .sql()
        .selectFrom(CUSTODY_CHAINS)
        .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
        .fetchOne(r -> HexFormat.of().formatHex(r.getCursorHash()));
  }

  /** O by custody's rows and by the chain itself, against the ledger and the terms, at any n. */
  private void equation(Asset asset, NaiveChain naive) {
    BigInteger rows = held(asset);
    assertThat(rows)
        .as("own %s by rows and by the chain", asset.code())
        .isEqualTo(naive.held(asset).add(invisible(asset)));
    List<Map.Entry<LedgerCommand, Answer>> history = world.ledger.history();
    long answered =
        Objects.requireNonNullElse(
            world
                .sql()
                .select(DSL.max(CUSTODY_OUTBOX.N))
                .from(CUSTODY_OUTBOX)
                .where(CUSTODY_OUTBOX.OUTCOME.isNotNull())
                .fetchOne(0, Long.class),
            0L);
    for (long n : new long[] {answered, random.nextLong(answered + 1)}) {
      BigInteger ledger = owed(asset, history.subList(0, (int) n));
      DepositTerms terms = DepositTerms.at(world.sql(), asset, n);
      assertThat(rows)
          .as("own %s at n %d of %d with %s", asset.code(), n, answered, terms)
          .isEqualTo(ledger.add(terms.total()).subtract(naive.left(asset)));
    }
  }

  private static BigInteger owed(Asset asset, List<Map.Entry<LedgerCommand, Answer>> history) {
    long units = 0;
    for (Map.Entry<LedgerCommand, Answer> entry : history) {
      if (entry.getValue().applied()) {
        units +=
            switch (entry.getKey()) {
              case LedgerCommand.Credit c when c.asset() == asset.id() -> c.amount();
              case LedgerCommand.Adjust c
                  when c.asset() == asset.id() && c.to() == ModelLedger.CUSTODY ->
                  -c.amount();
              default -> 0;
            };
      }
    }
    return asset.atoms(units);
  }

  private BigInteger held(Asset asset) {
    BigDecimal sum =
        asset.chain() == ChainName.BTC
            ? world
                .sql()
                .select(DSL.sum(CUSTODY_OUTPUTS.ATOMS))
                .from(CUSTODY_OUTPUTS)
                .where(CUSTODY_OUTPUTS.SPENT_HEIGHT.isNull())
                .fetchSingle()
                .value1()
            : world
                .sql()
                .select(DSL.sum(CUSTODY_BALANCE_CHANGES.ATOMS))
                .from(CUSTODY_BALANCE_CHANGES)
                .where(CUSTODY_BALANCE_CHANGES.ASSET.eq(asset.id()))
                .fetchSingle()
                .value1();
    return sum == null ? BigInteger.ZERO : sum.toBigIntegerExact();
  }

  private BigInteger invisible(Asset asset) {
    BigDecimal sum =
        world
            .sql()
            .select(DSL.sum(CUSTODY_BALANCE_CHANGES.ATOMS))
            .from(CUSTODY_BALANCE_CHANGES)
            .where(CUSTODY_BALANCE_CHANGES.ASSET.eq(asset.id()))
            .and(CUSTODY_BALANCE_CHANGES.TXID.isNull())
            .fetchSingle()
            .value1();
    return sum == null ? BigInteger.ZERO : sum.toBigIntegerExact();
  }

  private static String key(CustodyDepositsRecord row) {
    return HexFormat.of().formatHex(row.getTxid()) + ":" + row.getPosition();
  }

  /** The deposits on the chain are exactly the naive ones, with their amounts and owners. */
  private static void sameDeposits(
      Asset asset, NaiveChain naive, List<CustodyDepositsRecord> rows) {
    Map<String, NaiveChain.Seen> expected = new HashMap<>();
    naive.deposits.forEach((key, seen) -> {
      if (seen.asset() == asset.id()) {
        expected.put(key, seen);
      }
    });
    for (CustodyDepositsRecord row : rows) {
      if (row.getAsset() == asset.id()
          && row.getHeight() != null
          && !row.getPosition().startsWith("balance:")) {
        NaiveChain.Seen seen = expected.remove(key(row));
        assertThat(seen).as("deposit %s is on the chain", key(row)).isNotNull();
        assertThat(row.getAtoms()).isEqualTo(seen.atoms());
        assertThat(row.getHeight()).isEqualTo(seen.height());
        assertThat(row.getAddressId()).isEqualTo(seen.to().id());
        if (!row.getAttributed()) {
          assertThat(row.getAccount()).isEqualTo(seen.to().account());
        }
      }
    }
    assertThat(expected).as("deposits that custody has not seen").isEmpty();
  }

  /** What a row says was credited for it is what the ledger was told, and no more than is there. */
  private void credits(List<CustodyDepositsRecord> rows) {
    Map<Long, Long> told = new HashMap<>();
    world
        .sql()
        .selectFrom(CUSTODY_OUTBOX)
        .where(CUSTODY_OUTBOX.OUTCOME.eq("APPLIED"))
        .forEach(o -> {
          if (o.getKind().equals("Credit")) {
            told.merge(o.getSubjectId(), o.getAmount(), Long::sum);
          } else if (o.getKind().equals("Adjust")) {
            told.merge(o.getSubjectId(), -o.getAmount(), Long::sum);
          }
        });
    world
        .sql()
        .selectFrom(CUSTODY_DEPOSIT_FILLS)
        .forEach(f -> {
          told.merge(f.getHoleId(), -f.getUnits(), Long::sum);
          told.merge(f.getFillerId(), f.getUnits(), Long::sum);
        });
    for (CustodyDepositsRecord row : rows) {
      long credited = row.getCredited();
      assertThat(credited)
          .as("credited for %s", key(row))
          .isEqualTo(told.getOrDefault(row.getDepositId(), 0L));
      long there = row.getHeight() == null ? 0 : row.getUnits();
      switch (DepositState.valueOf(row.getState())) {
        case CREDITED, FINAL -> assertThat(credited).as(key(row)).isEqualTo(there);
        case SEEN, CONFIRMED, SUSPENSE -> assertThat(credited).isLessThan(Math.max(there, 1));
        case BELOW_MIN, ORPHANED, UNATTRIBUTED -> assertThat(credited).as(key(row)).isZero();
        case CREDITED_ORPHANED -> assertThat(credited).as(key(row)).isPositive();
        case WRITTEN_OFF -> assertThat(credited).as(key(row)).isNotNegative();
      }
    }
  }

  /** When the chains have been quiet for long and every command is answered. */
  void atRest() {
    List<CustodyDepositsRecord> rows = world.sql().selectFrom(CUSTODY_DEPOSITS).fetch();
    for (CustodyDepositsRecord row : rows) {
      DepositState state = DepositState.valueOf(row.getState());
      assertThat(state).as(key(row)).isNotIn(DepositState.CONFIRMED, DepositState.CREDITED);
      if (state == DepositState.SEEN) {
        assertThat(row.getCoinbase()).as("%s waits though it is deep", key(row)).isTrue();
      }
      boolean stops =
          state == DepositState.CREDITED_ORPHANED
              || state == DepositState.WRITTEN_OFF && row.getCredited() > 0;
      if (stops && row.getAccount() >= 1_000) {
        assertThat(world.ledger.frozen(row.getAccount())).as("frozen by " + key(row)).isTrue();
      }
    }
    for (long account = 1_000; account < 1_003; account++) {
      long a = account;
      if (world.ledger.frozen(account)) {
        assertThat(rows)
            .as("who is frozen has a hole")
            .anyMatch(r ->
                Objects.equals(r.getAccount(), a)
                    && (r.getState().equals("CREDITED_ORPHANED")
                        || r.getState().equals("WRITTEN_OFF") && r.getCredited() > 0));
      }
    }
  }

  /** Who is credited anew has used up the credits of the transactions that it replaced. */
  private void holesAreUsedFirst(List<CustodyDepositsRecord> rows) {
    for (CustodyDepositsRecord row : rows) {
      if (!row.getState().equals("CONFIRMED")
          || row.getHeight() == null
          || row.getAsset() != DepositWorld.BTC.id()) {
        continue;
      }
      for (CustodyDepositsRecord hole : rows) {
        if (hole.getState().equals("CREDITED_ORPHANED")
            && hole.getHeight() == null
            && Objects.equals(row.getAccount(), hole.getAccount())) {
          assertThat(shareAnInput(hole, row))
              .as("%s is credited though %s has a hole", key(row), key(hole))
              .isFalse();
        }
      }
    }
  }

  private boolean shareAnInput(CustodyDepositsRecord left, CustodyDepositsRecord right) {
    return world
        .sql()
        .fetchExists(
            DSL.table(
                "custody_deposit_spends a join custody_deposit_spends b on a.chain = b.chain and a.spend = b.spend and a.txid = {0} and b.txid = {1} and a.chain = {2}",
                DSL.val(left.getTxid()), DSL.val(right.getTxid()), DSL.val(left.getChain())));
  }
}
