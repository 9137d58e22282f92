package org.fondaco.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.readmodel.Group;
import org.fondaco.engine.readmodel.LiveReadModel;
import org.fondaco.engine.readmodel.ReadModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the engine says of itself after a restart is what a follower of its events already knew:
 * every open order with its times, every list, balance, level and setting.
 */
class DescriptionSimulationTest {

  private static final int COMMANDS = 4_000;
  private static final int INTERVAL = 40;

  @ParameterizedTest
  @ValueSource(longs = {201, 202})
  void aPrimedReadModelKnowsWhatAFollowerKnows(long seed) {
    CommandGenerator generator = new CommandGenerator(seed);
    MachineSubject fast = Engines.fast();
    LiveReadModel followed = new LiveReadModel();
    for (int i = 1; i <= COMMANDS; i++) {
      List<EngineEvent> events = fast.apply(generator.next());
      generator.observe(events);
      group(fast, events).applyTo(followed);
      if (i % INTERVAL == 0) {
        LiveReadModel primed = new LiveReadModel();
        group(fast, fast.describe()).applyTo(primed);
        requireSame(followed, primed, "seed " + seed + ", command " + i);
      }
    }
  }

  private static Group group(MachineSubject subject, List<EngineEvent> events) {
    return new Group(subject.machine().sequence(), subject.machine().time(), events);
  }

  private static void requireSame(ReadModel followed, ReadModel primed, String where) {
    assertThat(primed.assets()).as(where).isEqualTo(followed.assets());
    assertThat(primed.symbols()).as(where).isEqualTo(followed.symbols());
    for (long account = Venue.FIRST_ACCOUNT;
        account < Venue.FIRST_ACCOUNT + Market.ACCOUNTS;
        account++) {
      assertThat(primed.account(account)).as(where).isEqualTo(followed.account(account));
      assertThat(primed.frozen(account)).as(where).isEqualTo(followed.frozen(account));
      assertThat(primed.balances(account)).as(where).isEqualTo(followed.balances(account));
      assertThat(primed.openOrders(account, 0))
          .as(where)
          .isEqualTo(followed.openOrders(account, 0));
      assertThat(primed.openOrderLists(account))
          .as(where)
          .isEqualTo(followed.openOrderLists(account));
    }
    for (Market market : Venue.MARKETS) {
      int symbol = market.symbol();
      assertThat(primed.depth(symbol, 1_000)).as(where).isEqualTo(followed.depth(symbol, 1_000));
      assertThat(primed.lastPrice(symbol)).as(where).isEqualTo(followed.lastPrice(symbol));
      for (int tier = 0; tier < 16; tier++) {
        assertThat(primed.fees(symbol, tier)).as(where).isEqualTo(followed.fees(symbol, tier));
      }
    }
  }
}
