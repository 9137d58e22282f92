package org.fondaco.api.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fondaco.db.Database;
import org.fondaco.engine.readmodel.LiveReadModel;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Millions of rows, and every page costs the same: what PostgreSQL says it touched for the very
 * statements that {@link History} runs, not the time it took. In the middle 100,000 orders and
 * trades share one microsecond, and one order has half of all trades.
 */
class PagingTest {
  private static final int ROWS = 1_000_000;
  private static final long TIME = 1_700_000_000_000_000L;
  private static final long ACCOUNT = 1_000;
  private static final int SYMBOL = 1;
  private static final int LIMIT = 100;

  /** Pages that hold the rows, if every row is on a page of its own, and the way down an index. */
  private static final int BLOCKS_MAX = LIMIT + 40;

  /** One account has every other row; the time stands still for a tenth of the way. */
  private static final String CLOCK =
      "%d + (case when i between 500000 and 600000 then 500000 else i end)".formatted(TIME);

  @TempDir static Path folder;
  private static TestDatabase server;
  private static Database database;
  private static final List<String> statements = new ArrayList<>();
  private static History history;
  private static RemarkHistory remarks;

  @BeforeAll
  static void load() throws Exception {
    server = new TestDatabase(folder.resolve("pg"));
    database = server.fresh();
    DSLContext jooq = database.jooq();
    fill(
        "orders",
        "i, 1000 + i % 2, 1, -1, 'c' || i, 'BUY', 'LIMIT', 'GTC', 'NONE', 0, 1, 0, 1, 0, 0,"
            + " null, null, 'CANCELED', true, 0, 0, 0, -1, 'NONE', T, T, T, -1");
    fill(
        "trades",
        "1000 + i % 2, 1, i, case when i < 500000 then i else 500000 end, -1, true, false,"
            + " 1, 1, 1, 0, 1, T");
    fill(
        "order_lists",
        "i, 1000 + i % 2, 1, 'OCO', 'ALL_DONE', 'ALL_DONE', 'l' || i, 1, 2, 0, T, T");
    fill("prevented_matches", "1, i, 1000, 1001, 7, i % 3, -1, 'NONE', 1, 0, 1, T");
    fill("order_amendments", "1, i, 7 + i % 2, 1000 + i % 2, 'a', 'b', 2, 1, T");
    DSLContext listening =
        DSL.using(
            jooq.configuration().derive(new DefaultExecuteListenerProvider(new Statements())));
    LiveReadModel nothing = new LiveReadModel();
    history = new History(listening, nothing);
    remarks = new RemarkHistory(listening, nothing);
  }

  private static final class Statements implements ExecuteListener {
    private static final long serialVersionUID = 1L;

    @Override
    public void renderEnd(ExecuteContext context) {
      statements.add(DSL.using(SQLDialect.POSTGRES).renderInlined(context.query()));
    }
  }

  /** Indexes are built after the rows, and nothing is logged: a few seconds a table. */
  private static void fill(String table, String row) {
    DSLContext jooq = database.jooq();
    List<String> indexes =
        jooq.fetch(
                "select indexdef from pg_indexes where tablename = '%s' and indexname not like '%%pkey'"
                    .formatted(table))
            .getValues(0, String.class);
    jooq.fetch(
            "select indexname from pg_indexes where tablename = '%s' and indexname not like '%%pkey'"
                .formatted(table))
        .getValues(0, String.class)
        .forEach(index -> jooq.execute("drop index " + index));
    jooq.execute("alter table " + table + " set unlogged");
    jooq.execute("alter table " + table + " set (autovacuum_enabled = off)");
    jooq.execute(
        "insert into %s select %s from generate_series(1, %d) i"
            .formatted(table, row.replaceAll("\\bT\\b", CLOCK), ROWS));
    indexes.forEach(jooq::execute);
  }

  @AfterAll
  static void stop() {
    database.close();
    server.close();
  }

  @Test
  void everyPageOfEveryHistoryTouchesAsFewBlocksAsTheFirst() {
    everyPage("without statistics");
    database.jooq().execute("analyze");
    everyPage("with statistics");
  }

  private static void everyPage(String when) {
    List<Page> pages =
        Stream.of(OptionalLong.empty(), at(1), at(ROWS / 2), at(ROWS - LIMIT))
            .flatMap(from ->
                Stream.of(
                    new Page(from, OptionalLong.empty(), OptionalLong.empty(), LIMIT),
                    new Page(from, at(TIME + 1), OptionalLong.empty(), LIMIT),
                    new Page(from, at(TIME + 500_000), at(TIME + 500_000), LIMIT),
                    new Page(from, at(TIME + ROWS - 500), OptionalLong.empty(), LIMIT),
                    new Page(from, OptionalLong.empty(), at(TIME + 500), LIMIT),
                    new Page(from, OptionalLong.empty(), at(TIME + 550_000), LIMIT),
                    new Page(from, at(TIME + 2 * ROWS), OptionalLong.empty(), LIMIT)))
            .toList();
    for (Page page : pages) {
      bounded(when + " orders " + page, () -> history.orders(ACCOUNT, SYMBOL, page).size());
      bounded(
          when + " fills " + page,
          () -> history.fills(ACCOUNT, SYMBOL, OptionalLong.empty(), page).size());
      bounded(
          when + " fills of an order " + page,
          () -> history.fills(ACCOUNT, SYMBOL, at(500_000), page).size());
      bounded(when + " lists " + page, () -> history.orderLists(ACCOUNT, page).size());
    }
    bounded(
        when + " fills of a small order",
        () -> history.fills(ACCOUNT, SYMBOL, at(444), Page.last(LIMIT)).size());
    bounded(when + " tape", () -> history.trades(SYMBOL, LIMIT).size());
    for (long from : new long[] {0, 1, ROWS / 2, ROWS - LIMIT, 2 * ROWS}) {
      bounded(
          when + " matches of a taker from " + from,
          () -> remarks.preventedMatches(ACCOUNT, SYMBOL, 7, from, LIMIT).size());
      bounded(
          when + " matches of a maker from " + from,
          () -> remarks.preventedMatches(ACCOUNT + 1, SYMBOL, 2, from, LIMIT).size());
      bounded(
          when + " amendments from " + from,
          () -> remarks.amendments(ACCOUNT, SYMBOL, 7, from, LIMIT).size());
      bounded(
          when + " match " + from,
          () -> remarks.preventedMatch(ACCOUNT, SYMBOL, from).isPresent() ? 1 : 0);
    }
    bounded(
        when + " client id",
        () -> history.orderByClientId(ACCOUNT, SYMBOL, "c500000").isPresent() ? 1 : 0);
    bounded(
        when + " list's client id",
        () -> history.orderListByClientId(ACCOUNT, "l500000").isPresent() ? 1 : 0);
  }

  private interface Reading {
    int rows();
  }

  private static void bounded(String what, Reading reading) {
    statements.clear();
    int rows = reading.rows();
    assertThat(rows).as(what).isBetween(0, LIMIT);
    int blocks = 0;
    for (String statement : List.copyOf(statements)) {
      blocks += blocks(statement);
    }
    assertThat(statements).as(what).isNotEmpty();
    assertThat(blocks).as("%s: %s", what, statements).isLessThanOrEqualTo(BLOCKS_MAX);
  }

  /** Buffers that the whole plan hit or read: the first line that tells is the topmost node's. */
  private static int blocks(String statement) {
    String plan =
        String.join(
            "\n",
            database
                .jooq()
                .fetch("explain (analyze, buffers, costs off, timing off) " + statement)
                .getValues(0, String.class));
    Matcher buffers = Pattern.compile("Buffers: shared(.*)").matcher(plan);
    int blocks = 0;
    if (buffers.find()) {
      Matcher number = Pattern.compile("(?:hit|read)=(\\d+)").matcher(buffers.group(1));
      while (number.find()) {
        blocks += Integer.parseInt(number.group(1));
      }
    }
    return blocks;
  }

  private static OptionalLong at(long value) {
    return OptionalLong.of(value);
  }
}
