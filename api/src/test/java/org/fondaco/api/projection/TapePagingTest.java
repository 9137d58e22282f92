package org.fondaco.api.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.fondaco.api.tape.Interval;
import org.fondaco.db.Database;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.conf.ParamType;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page costs the same wherever it is: PostgreSQL itself tells how many blocks it touched. */
class TapePagingTest {
  private static final int ROWS = 100_000;
  private static final int BLOCKS_MAX = 60;
  private static final long MINUTE = 60_000_000;

  @TempDir static Path folder;

  @Test
  void aPageTouchesAFewBlocksWhereverItIs() throws Exception {
    try (TestDatabase server = new TestDatabase(folder.resolve("pg"));
        Database database = server.fresh()) {
      fill(database.jooq());
      List<Function<TapeHistory, List<?>>> questions = new ArrayList<>();
      for (long at : new long[] {0, ROWS / 3, ROWS / 2, ROWS - 600}) {
        questions.add(history -> history.trades(1, at, 500));
        questions.add(history -> history.aggregates(1, at, 500));
        questions.add(history -> history.aggregates(1, at * MINUTE, Long.MAX_VALUE, 500));
        questions.add(history -> history.aggregatesUntil(1, (at + 500) * MINUTE, 500));
        questions.add(history -> history.aggregatesBefore(1, at + 500, 500));
        questions.add(
            history -> history.klines(1, Interval.MINUTE, at * MINUTE, Long.MAX_VALUE, 500));
        questions.add(history ->
            history.klineBefore(1, Interval.MINUTE, (at + 1) * MINUTE).stream().toList());
      }
      for (Function<TapeHistory, List<?>> question : questions) {
        AtomicReference<String> sql = new AtomicReference<>("");
        DSLContext recorded = recording(database.jooq(), sql);
        assertThat(question.apply(new TapeHistory(recorded)).size()).isIn(1, 500);
        assertThat(blocks(database.jooq(), sql.get())).as(sql.get()).isLessThan(BLOCKS_MAX);
      }
    }
  }

  /** A third of them is another symbol's, in between. */
  private static void fill(DSLContext jooq) {
    jooq.execute(
        """
        insert into trades
        select 1000, symbol, n, n, -1, true, false, 100, 1, 100, 0, 1, n * 60000000::bigint
        from generate_series(0, %d - 1) as n, (values (1), (2)) as s (symbol)
        where symbol = 1 or n %% 2 = 0\
        """
            .formatted(ROWS));
    jooq.execute(
        """
        insert into aggregate_trades
        select symbol_id, trade_id, price, quantity, trade_id, trade_id, time, false from trades\
        """);
    jooq.execute(
        """
        insert into klines
        select symbol_id, '1m', time, time + 59999999, price, price, price, price, 1, 100, 1, 1, 100,
               trade_id, trade_id
        from trades\
        """);
    jooq.execute("analyze");
  }

  private static DSLContext recording(DSLContext jooq, AtomicReference<String> sql) {
    ExecuteListener listener =
        new ExecuteListener() {
          @Override
          public void executeStart(ExecuteContext context) {
            if (context.query() != null) {
              sql.set(context.query().getSQL(ParamType.INLINED));
            }
          }
        };
    return DSL.using(jooq.configuration().derive(new DefaultExecuteListenerProvider(listener)));
  }

  private static int blocks(DSLContext jooq, String sql) {
    String plan =
        String.valueOf(jooq.fetchSingle("explain (analyze, buffers, format json) " + sql).get(0));
    int blocks = 0;
    for (String name : List.of("Shared Hit Blocks", "Shared Read Blocks")) {
      int at = plan.indexOf(name) + name.length() + 3;
      blocks += Integer.parseInt(plan.substring(at, plan.indexOf(',', at)).strip());
    }
    return blocks;
  }
}
