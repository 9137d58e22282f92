package org.fondaco.api.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fondaco.api.projection.Groups.ALICE;
import static org.fondaco.api.projection.Groups.BOB;
import static org.fondaco.api.projection.Groups.FIRST_TIME;
import static org.fondaco.api.projection.Groups.SYMBOL;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.fondaco.db.Database;
import org.fondaco.engine.readmodel.LiveReadModel;
import org.fondaco.engine.readmodel.OrderView;
import org.fondaco.engine.readmodel.ReadModel.AmendmentView;
import org.fondaco.engine.readmodel.ReadModel.FillView;
import org.fondaco.engine.readmodel.ReadModel.PreventedMatchView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Half of the past is in PostgreSQL only, some of it in both, the latest in the read model only;
 * what a read model that never forgets says is the reference.
 */
class HistoryTest {
  private static final int GROUPS = 1_200;
  private static final int COMMITTED = 800;
  private static final int SEED = 7;

  @TempDir static Path folder;
  private static TestDatabase server;
  private static Database database;
  private static final LiveReadModel everything = new LiveReadModel(1_000_000, 1_000_000, 10);
  private static final LiveReadModel recent = new LiveReadModel(20, 20, 20, 10);
  private static History history;

  @BeforeAll
  static void start() throws Exception {
    server = new TestDatabase(folder.resolve("pg"));
    database = server.fresh();
    Projector projector = new Projector(database);
    for (Groups.Group group : Groups.of(SEED, GROUPS - 2)) {
      everything.apply(group.sequence(), group.time(), group.bytes(), 0, group.length());
      recent.apply(group.sequence(), group.time(), group.bytes(), 0, group.length());
      if (group.sequence() <= COMMITTED) {
        group.deliverTo(projector);
        if (group.sequence() % 100 == 0) {
          projector.commit();
          recent.watermark(projector.watermark());
        }
      }
    }
    history = new History(database.jooq(), recent);
  }

  @AfterAll
  static void stop() {
    database.close();
    server.close();
  }

  @Test
  void theRecentModelHasForgottenSome() {
    assertThat(recent.orders(ALICE, SYMBOL).size())
        .isLessThan(everything.orders(ALICE, SYMBOL).size() / 2);
    assertThat(recent.fills(ALICE, SYMBOL).size())
        .isLessThan(everything.fills(ALICE, SYMBOL).size() / 2);
  }

  @Test
  void everyPageOfOrdersIsWhatNothingForgottenWouldSay() {
    Random random = new Random(SEED);
    for (long account : new long[] {ALICE, BOB}) {
      List<OrderView> all = everything.orders(account, SYMBOL);
      for (int i = 0; i < 150; i++) {
        Page page = page(random, GROUPS);
        assertThat(history.orders(account, SYMBOL, page))
            .as("%s", page)
            .isEqualTo(expected(all, OrderView::orderId, OrderView::acceptedTime, page));
      }
    }
  }

  @Test
  void everyPageOfFillsIsWhatNothingForgottenWouldSay() {
    Random random = new Random(SEED);
    for (long account : new long[] {ALICE, BOB}) {
      List<FillView> all = everything.fills(account, SYMBOL);
      for (int i = 0; i < 150; i++) {
        Page page = page(random, all.size());
        List<FillView> wanted = expected(all, FillView::tradeId, FillView::time, page);
        // The two sides of an account's trade with itself have one id: either may come first.
        assertThat(history.fills(account, SYMBOL, OptionalLong.empty(), page))
            .as("%s", page)
            .extracting(FillView::tradeId)
            .isEqualTo(wanted.stream().map(FillView::tradeId).toList());
      }
    }
  }

  @Test
  void fillsOfOneOrderAndOrdersByEitherId() {
    for (OrderView order : everything.orders(BOB, SYMBOL)) {
      assertThat(history.order(BOB, SYMBOL, order.orderId())).contains(order);
      assertThat(history.order(ALICE, SYMBOL, order.orderId())).isEmpty();
      assertThat(history.orderByClientId(BOB, SYMBOL, order.spec().clientOrderId()))
          .contains(order);
    }
    OrderView traded =
        everything.orders(BOB, SYMBOL).stream()
            .filter(order -> order.executedQuantity() > 0)
            .findFirst()
            .orElseThrow();
    assertThat(
            history.fills(BOB, SYMBOL, OptionalLong.of(traded.orderId()), Page.last(1_000)).stream()
                .mapToLong(FillView::quantity)
                .sum())
        .isEqualTo(traded.executedQuantity());
    assertThat(history.order(BOB, SYMBOL, 999_999)).isEmpty();
    assertThat(history.orderByClientId(BOB, SYMBOL, "nobody's")).isEmpty();
    assertThat(history.orderList(BOB, 1)).isEmpty();
    assertThat(history.orderListByClientId(BOB, "nobody's")).isEmpty();
  }

  @Test
  void everyPageOfPreventedMatchesAndAmendmentsIsWhatNothingForgottenWouldSay() {
    RemarkHistory remarks = new RemarkHistory(database.jooq(), recent);
    Random random = new Random(SEED);
    int found = 0;
    for (long account : new long[] {ALICE, BOB}) {
      List<PreventedMatchView> matches = everything.preventedMatches(account, SYMBOL);
      List<AmendmentView> amendments = everything.amendments(account, SYMBOL);
      assertThat(recent.preventedMatches(account, SYMBOL).size()).isLessThan(matches.size() / 2);
      assertThat(recent.amendments(account, SYMBOL).size()).isLessThan(amendments.size() / 2);
      for (OrderView order : everything.orders(account, SYMBOL)) {
        long orderId = order.orderId();
        long from = random.nextInt(3) == 0 ? random.nextInt(200) : 0;
        int limit = 1 + random.nextInt(3);
        List<PreventedMatchView> wanted =
            matches.stream()
                .filter(match -> match.concerns(orderId) && match.preventedMatchId() >= from)
                .limit(limit)
                .toList();
        found += wanted.size();
        assertThat(remarks.preventedMatches(account, SYMBOL, orderId, from, limit))
            .isEqualTo(wanted);
        assertThat(remarks.amendments(account, SYMBOL, orderId, from, limit))
            .isEqualTo(
                amendments.stream()
                    .filter(a -> a.orderId() == orderId && a.executionId() >= from)
                    .limit(limit)
                    .toList());
      }
      for (PreventedMatchView match : matches) {
        assertThat(remarks.preventedMatch(account, SYMBOL, match.preventedMatchId()))
            .contains(match);
      }
    }
    assertThat(found).isGreaterThan(50);
    assertThat(remarks.preventedMatch(4_711, SYMBOL, 0)).isEmpty();
  }

  @Test
  void withoutADatabaseThePresentIsStillAnswered() throws Exception {
    try (TestDatabase other = new TestDatabase(folder.resolve("other"));
        Database dying = other.fresh()) {
      History present = new History(dying.jooq(), recent);
      other.stop();
      OrderView last = recent.orders(ALICE, SYMBOL).getLast();
      assertThat(present.order(ALICE, SYMBOL, last.orderId())).contains(last);
      assertThatThrownBy(() -> present.orders(ALICE, SYMBOL, Page.last(10)))
          .isInstanceOf(HistoryUnavailable.class);
    }
  }

  private static Page page(Random random, int ids) {
    return new Page(
        random.nextBoolean() ? OptionalLong.of(random.nextInt(ids)) : OptionalLong.empty(),
        random.nextInt(3) == 0
            ? OptionalLong.of(FIRST_TIME + random.nextInt(GROUPS))
            : OptionalLong.empty(),
        random.nextInt(3) == 0
            ? OptionalLong.of(FIRST_TIME + random.nextInt(GROUPS))
            : OptionalLong.empty(),
        1 + random.nextInt(60));
  }

  private static <T> List<T> expected(
      List<T> all, ToLongFunction<T> id, ToLongFunction<T> time, Page page) {
    List<T> wanted =
        all.stream()
            .filter(e -> page.fromId().isEmpty() || id.applyAsLong(e) >= page.fromId().getAsLong())
            .filter(e ->
                page.startTime().isEmpty() || time.applyAsLong(e) >= page.startTime().getAsLong())
            .filter(
                e -> page.endTime().isEmpty() || time.applyAsLong(e) <= page.endTime().getAsLong())
            .toList();
    int size = wanted.size();
    if (size <= page.limit()) {
      return wanted;
    }
    return page.fromId().isPresent() || page.startTime().isPresent()
        ? wanted.subList(0, page.limit())
        : wanted.subList(size - page.limit(), size);
  }
}
