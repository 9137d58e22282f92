package org.fondaco.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.readmodel.Group;
import org.fondaco.engine.readmodel.LiveReadModel;
import org.fondaco.engine.readmodel.OrderView;
import org.fondaco.engine.readmodel.RecomputedReadModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The read model behind real engines under the generator's chaos. */
class ReadModelSimulationTest {

  private static final int COMMANDS = 4_000;

  @ParameterizedTest
  @ValueSource(longs = {101, 102})
  void showsWhatTheEventsAddUpTo(long seed) {
    CommandGenerator generator = new CommandGenerator(seed);
    NaiveSubject naive = new NaiveSubject();
    LiveReadModel live = new LiveReadModel();
    RecomputedReadModel recomputed = new RecomputedReadModel();
    for (int i = 0; i < COMMANDS; i++) {
      List<EngineEvent> events = naive.apply(generator.next());
      generator.observe(events);
      Group group = group(events);
      group.applyTo(live);
      recomputed.add(group);
      List<Long> open = new ArrayList<>();
      for (long account : customers()) {
        live.openOrders(account, 0).stream().map(OrderView::orderId).forEach(open::add);
      }
      assertThat(open).containsExactlyInAnyOrderElementsOf(naive.engine().openOrderIds());
    }
    for (long account : customers()) {
      assertThat(live.balances(account)).isEqualTo(recomputed.balances(account));
      assertThat(live.orders(account, 0)).isEqualTo(recomputed.orders(account, 0));
      assertThat(live.fills(account, 0)).isEqualTo(recomputed.fills(account, 0));
      recomputed
          .lists(account)
          .forEach(list -> assertThat(live.orderList(account, list.orderListId())).contains(list));
    }
    for (Market market : Venue.MARKETS) {
      assertThat(live.depth(market.symbol(), 1_000))
          .isEqualTo(recomputed.depth(market.symbol(), 1_000));
    }
  }

  private static List<Long> customers() {
    List<Long> accounts = new ArrayList<>();
    for (int i = 0; i < Market.ACCOUNTS; i++) {
      accounts.add(Venue.FIRST_ACCOUNT + i);
    }
    return accounts;
  }

  private static Group group(List<EngineEvent> events) {
    EngineEvent.CommandDone done = (EngineEvent.CommandDone) events.getLast();
    return new Group(done.sequence(), done.time(), events);
  }
}
