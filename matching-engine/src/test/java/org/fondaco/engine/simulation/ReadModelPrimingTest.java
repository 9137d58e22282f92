package org.fondaco.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.fondaco.engine.core.EventSink;
import org.fondaco.engine.core.StateMachine;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EventCodec;
import org.fondaco.engine.readmodel.Group;
import org.fondaco.engine.readmodel.LiveReadModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A read model primed from the fast engine at any time, under the generator's chaos. */
class ReadModelPrimingTest {

  private static final int COMMANDS = 4_000;
  private static final int DESCRIBED_EVERY = 500;

  @ParameterizedTest
  @ValueSource(longs = {201, 202, 203})
  void primedFromAnEngineItEqualsTheOneThatFollowedIt(long seed) {
    CommandGenerator generator = new CommandGenerator(seed);
    Engine engine = new Engine(EngineSizing.small());
    MachineSubject subject = new MachineSubject(engine);
    LiveReadModel live = new LiveReadModel();
    for (int i = 1; i <= COMMANDS; i++) {
      List<EngineEvent> events = subject.apply(generator.next());
      generator.observe(events);
      group(events).applyTo(live);
      if (i % DESCRIBED_EVERY == 0) {
        LiveReadModel primed = new LiveReadModel();
        described(engine).applyTo(primed);
        same(primed, live, "seed " + seed + " after " + i);
      }
    }
  }

  private static void same(LiveReadModel primed, LiveReadModel live, String at) {
    assertThat(primed.sequence()).as(at).isEqualTo(live.sequence());
    assertThat(primed.assets()).as(at).isEqualTo(live.assets());
    assertThat(primed.symbols()).as(at).isEqualTo(live.symbols());
    List<Long> accounts = customers();
    for (long system = 1; system <= 5; system++) {
      accounts.add(system);
    }
    for (long account : accounts) {
      assertThat(primed.account(account)).as(at).isEqualTo(live.account(account));
      assertThat(notZero(primed, account)).as(at).isEqualTo(notZero(live, account));
      assertThat(primed.openOrders(account, 0)).as(at).isEqualTo(live.openOrders(account, 0));
      assertThat(primed.openOrderLists(account)).as(at).isEqualTo(live.openOrderLists(account));
    }
    for (Market market : Venue.MARKETS) {
      int symbol = market.symbol();
      assertThat(primed.depth(symbol, 1_000)).as(at).isEqualTo(live.depth(symbol, 1_000));
      assertThat(primed.lastPrice(symbol)).as(at).isEqualTo(live.lastPrice(symbol));
      for (int tier = 0; tier < 3; tier++) {
        assertThat(primed.fees(symbol, tier)).as(at).isEqualTo(live.fees(symbol, tier));
      }
    }
  }

  /** An engine need not describe a balance that is gone. */
  private static List<EngineEvent.BalanceChanged> notZero(LiveReadModel model, long account) {
    return model.balances(account).stream()
        .filter(balance -> balance.total() != 0 || balance.held() != 0)
        .toList();
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

  private static Group described(StateMachine machine) {
    EventCodec codec = new EventCodec();
    List<EngineEvent> events = new ArrayList<>();
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    machine.describe(
        new EventSink() {
          @Override
          public int claim(int length) {
            buffer.checkLimit(length);
            return 0;
          }

          @Override
          public MutableDirectBuffer buffer() {
            return buffer;
          }

          @Override
          public void commit() {
            events.add(codec.decode(buffer, 0));
          }
        });
    return new Group(machine.sequence(), machine.time(), events);
  }
}
