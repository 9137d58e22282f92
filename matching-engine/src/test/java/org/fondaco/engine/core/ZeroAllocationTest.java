package org.fondaco.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** BENCHMARKS.md: steady state allocation on the engine thread is 0 bytes a command. */
class ZeroAllocationTest {

  private static final int WARM_UP = 1_500_000;
  private static final int MEASURED = 1_000_000;

  /** What asking for the counter twice may itself allocate. */
  private static final long PROBE_BYTES_MAX = 512;

  @Test
  void tradingAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Engine engine =
        new Engine(
            new EngineSizing(
                1_024, 1_024, 1 << 17, 1 << 16, 16, 16, 64, 64, 64, 16, 1 << 20, 1 << 4));
    SteadyTrading trading = new SteadyTrading(engine);
    for (int i = 0; i < WARM_UP; i++) {
      trading.step();
    }
    threads.getCurrentThreadAllocatedBytes();
    int tradesBefore = trading.trades();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < MEASURED; i++) {
      trading.step();
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThanOrEqualTo(PROBE_BYTES_MAX);
    assertThat(trading.trades() - tradesBefore).isGreaterThan(MEASURED / 20);
    assertThat(engine.stateHash()).hasSize(2);
  }
}
