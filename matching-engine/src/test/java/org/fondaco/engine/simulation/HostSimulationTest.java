package org.fondaco.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.fondaco.engine.core.StateMachine;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.host.EngineHost;
import org.fondaco.engine.host.HostConfig;
import org.fondaco.engine.host.NoProjection;
import org.fondaco.engine.host.TimeSource;
import org.fondaco.engine.protocol.CommandHeader;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.readmodel.ReadModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * ENGINE.md, fifth of the ten tests, through the whole host: a venue under every kind of command,
 * stopped and started again and again. Each stop proves that live and replica, in tables of other
 * sizes, have the same state; each start that readers see what they saw before.
 */
@Timeout(120)
class HostSimulationTest {

  private static final int RUNS = 6;
  private static final int COMMANDS = 800;

  private static final EngineSizing OTHER =
      new EngineSizing(1_000, 2_000, 3_000, 500, 1_000, 1_000, 100, 200, 300, 64, 4_096, 1 << 10);

  @TempDir Path folder;

  /** Shows the time of the step that comes next. */
  private static final class StepClock implements TimeSource {
    final AtomicLong micros = new AtomicLong(1_700_000_000_000_000L);

    @Override
    public long wallMicros() {
      return micros.get();
    }

    @Override
    public long monotonicNanos() {
      return micros.get() * 1_000;
    }
  }

  /** What a reader can see. */
  private record View(
      List<Object> accounts, List<EngineEvent.SymbolChanged> symbols, List<ReadModel.Depth> books) {

    static View of(ReadModel model) {
      List<Object> accounts = new ArrayList<>();
      for (int i = 0; i < Market.ACCOUNTS; i++) {
        long account = SystemAccounts.FIRST_CUSTOMER + i;
        accounts.add(model.balances(account));
        accounts.add(model.openOrders(account, 0));
        accounts.add(model.openOrderLists(account));
      }
      List<ReadModel.Depth> books =
          Venue.MARKETS.stream().map(market -> model.depth(market.symbol(), 1_000)).toList();
      return new View(accounts, model.symbols(), books);
    }
  }

  @Test
  void everyStopProvesTheStateAndEveryStartShowsIt() throws Exception {
    AtomicInteger made = new AtomicInteger();
    StepClock clock = new StepClock();
    HostConfig config = HostConfig.small(folder).withSnapshotInterval(250).withClock(clock);
    CommandGenerator generator = new CommandGenerator(11);
    View before = null;
    long answered = 0;
    for (int run = 0; run < RUNS; run++) {
      try (EngineHost host =
          EngineHost.start(config, () -> machine(made.getAndIncrement()), new NoProjection())) {
        assertThat(host.recovery().lastSequence()).isGreaterThanOrEqualTo(answered);
        if (before != null) {
          assertThat(View.of(host.readModel())).isEqualTo(before);
        }
        for (int i = 0; i < COMMANDS; i++) {
          CommandResult result = submit(host, clock, generator.next());
          generator.observe(result.events());
          answered = result.sequence();
        }
        before = View.of(host.readModel());
      }
    }
    assertThat(answered).isGreaterThanOrEqualTo(RUNS * (long) COMMANDS);
  }

  private static StateMachine machine(int number) {
    return new Engine((number & 1) == 0 ? EngineSizing.small() : OTHER);
  }

  private static CommandResult submit(EngineHost host, StepClock clock, Step step)
      throws Exception {
    CommandHeader header = step.header();
    clock.micros.accumulateAndGet(header.time(), Math::max);
    boolean numbered = header.source() > 0 && header.sourceSequence() > 0;
    return (numbered
            ? host.gateway()
                .submitFromSource(step.command(), header.source(), header.sourceSequence())
            : host.gateway().submit(step.command(), header.digestHigh(), header.digestLow()))
        .get(10, TimeUnit.SECONDS);
  }
}
