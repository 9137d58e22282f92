package org.fondaco.custody.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.guard.GuardEntry;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.outbox.Outbox;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.custody.reconciliation.Cut;
import org.fondaco.custody.reconciliation.Statement;
import org.fondaco.custody.scan.ScanStatus;

/** When all is at rest: everybody has what he should have, and a theft is found. */
final class Ending {
  private final Venue venue;
  private final Customers customers;
  private final People people;
  private final Checks checks;

  Ending(Venue venue, Customers customers, People people, Checks checks) {
    this.venue = venue;
    this.customers = customers;
    this.people = people;
    this.checks = checks;
  }

  void check(long seed) {
    for (ScanStatus status : venue.custody.statuses()) {
      assertThat(status.state()).as("%s", status).isEqualTo(ScanStatus.State.FOLLOWING);
    }
    balances(checks.truth());
    guarded();
    Cut cut = cut();
    String statement = statement(cut);
    assertThat(cut.balanced()).as(statement).isTrue();
    assertThat(venue.custody.reconciliation().breaks()).as(statement).isEmpty();
    theft(seed);
  }

  private String statement(Cut cut) {
    return Statement.text(cut, venue.assets(), venue.custody.reconciliation().breaks());
  }

  private record Key(long account, Asset asset) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byAccount = Long.compare(account, other.account);
      return byAccount != 0 ? byAccount : Integer.compare(asset.id(), other.asset.id());
    }
  }

  /** What came on the canonical chain, less what was paid: to the unit, and nothing is held. */
  private void balances(Truth truth) {
    Map<Key, Long> expected = new TreeMap<>();
    Map<String, Long> rows = new HashMap<>();
    venue
        .sql
        .resultQuery(
            "select encode(txid, 'hex') || ':' || position, deposit_id from custody_deposits")
        .forEach(row -> rows.put(row.get(0, String.class), row.get(1, Long.class)));
    truth.deposits.forEach((key, deposit) -> {
      Long said = people.attributed.get(rows.get(key));
      Long account = said != null ? said : deposit.to().account();
      long units = deposit.asset().units(deposit.atoms());
      boolean enough = said != null || deposit.atoms().compareTo(minimum(deposit.asset())) >= 0;
      if (account != null && enough) {
        expected.merge(new Key(account, deposit.asset()), units, Long::sum);
      }
    });
    venue
        .sql
        .resultQuery(
            "select subject_id, asset, amount from custody_outbox where kind = 'Adjust' and subject_kind = 'DEPOSIT' and outcome = 'APPLIED' and account < 1000")
        .forEach(row -> {
          Long account = people.borne.get(row.get(0, Long.class));
          if (account != null && account >= 1_000) {
            Key key = new Key(account, venue.asset(row.get(1, Integer.class)));
            expected.merge(key, row.get(2, Long.class), Long::sum);
          }
        });
    payments(truth, expected);
    for (long account : Venue.CUSTOMERS) {
      for (Asset asset : venue.assets()) {
        assertThat(venue.ledger.free(account, asset.id()))
            .as("%s of %d", asset.code(), account)
            .isEqualTo(expected.getOrDefault(new Key(account, asset), 0L));
        assertThat(venue.ledger.held(account, asset.id())).as("held").isZero();
      }
      assertThat(venue.ledger.frozen(account)).as(account + " is frozen").isFalse();
    }
  }

  private static BigInteger minimum(Asset asset) {
    return asset.equals(Venue.ETH) ? BigInteger.TEN.pow(13) : BigInteger.valueOf(1_000);
  }

  private void payments(Truth truth, Map<Key, Long> expected) {
    Set<Long> seen = new HashSet<>();
    for (Customers.Asked asked : customers.asked) {
      assertThat(seen.add(asked.id())).isTrue();
      var row =
          venue.sql.fetchSingle(
              "select state, fee, internal_account from custody_withdrawals where withdrawal_id = ?",
              asked.id());
      boolean done = "DONE".equals(row.get(0, String.class));
      Long insider = row.get(2, Long.class);
      int times = truth.payments.getOrDefault(asked.place(), List.of()).size();
      if (insider == null) {
        assertThat(times).as("payments of withdrawal %s", asked).isEqualTo(done ? 1 : 0);
      }
      if (done) {
        long all = asked.units() + row.get(1, Long.class);
        expected.merge(new Key(asked.account(), asked.asset()), -all, Long::sum);
        if (insider != null) {
          expected.merge(new Key(insider, asked.asset()), asked.units(), Long::sum);
        }
      }
    }
  }

  /**
   * The guard file by itself: of each part of an anchor one anchor, of each anchor one payee set.
   */
  private void guarded() {
    Map<String, List<String>> anchors = new HashMap<>();
    Map<List<String>, Digest> payees = new HashMap<>();
    Map<List<String>, Map<Integer, Digest>> attempts = new HashMap<>();
    try {
      Guard.verify(
          venue.guardFile,
          entry -> {
            List<String> anchor = entry.anchor().parts();
            anchor.forEach(part ->
                assertThat(anchors.computeIfAbsent(part, p -> anchor)).as(part).isEqualTo(anchor));
            if (!entry.payees().equals(GuardEntry.NOBODY)) {
              assertThat(payees.computeIfAbsent(anchor, a -> entry.payees()))
                  .as("payees of %s", anchor)
                  .isEqualTo(entry.payees());
            }
            assertThat(
                    attempts
                        .computeIfAbsent(anchor, a -> new HashMap<>())
                        .computeIfAbsent(entry.attempt(), a -> entry.unsigned()))
                .isEqualTo(entry.unsigned());
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Cut cut() {
    long id = venue.custody.reconciliation().begin("ben");
    venue.settle();
    return venue.custody.reconciliation().byId(id);
  }

  private BigDecimal difference(Cut cut, Asset asset) {
    return cut.assets().stream()
        .filter(a -> a.asset() == asset.id())
        .map(Cut.AssetCut::difference)
        .findFirst()
        .orElseThrow();
  }

  /** One atom or one unit, wherever it is taken from. */
  private void theft(long seed) {
    Asset asset =
        switch ((int) (seed % 3)) {
          case 0 -> {
            CoreBlock.OutPoint some = outpoint(checks.truth().unspent.keySet().iterator().next());
            venue.coreNode.rob(some);
            yield venue.coin;
          }
          case 1 -> {
            venue.evmNode.rob(venue.hot(Venue.ETH.chain()).script());
            yield Venue.ETH;
          }
          default -> {
            Asset robbed = venue.asset(List.of(1, 2, 5).get((int) (seed / 3 % 3)));
            venue
                .custody
                .transactions()
                .run(t ->
                    Outbox.add(
                        t,
                        "theft",
                        new LedgerCommand.Adjust(1, 1_000, robbed.id(), 1),
                        new Subject(Subject.Kind.ADJUSTMENT, 1_000_000)));
            yield robbed;
          }
        };
    Cut cut = cut();
    BigDecimal one =
        seed % 3 < 2
            ? BigDecimal.ONE
            : BigDecimal.ONE.movePointRight(asset.decimals() - asset.scale());
    for (Asset other : venue.assets()) {
      assertThat(difference(cut, other))
          .as("theft of %s, %s%n%s", asset.code(), other.code(), statement(cut))
          .isEqualByComparingTo(other.equals(asset) ? one.negate() : BigDecimal.ZERO);
    }
    assertThat(venue.custody.reconciliation().breaks()).isNotEmpty();
  }

  private static CoreBlock.OutPoint outpoint(String text) {
    int colon = text.indexOf(':');
    return new CoreBlock.OutPoint(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }
}
