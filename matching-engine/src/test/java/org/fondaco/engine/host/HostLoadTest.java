package org.fondaco.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandCodec;
import org.fondaco.engine.protocol.CommandHeader;
import org.fondaco.engine.protocol.KillScope;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Test 9 of ENGINE.md, as far as the host is concerned, with the real engine. */
@Timeout(60)
class HostLoadTest {

  private static final long ACCOUNT = SystemAccounts.FIRST_CUSTOMER;

  private static final int ROUND = 40_000;

  @TempDir Path folder;

  /** A database that never comes. */
  private static final class DeadProjection implements Projection {
    @Override
    public long watermark() {
      return 0;
    }

    @Override
    public void group(long sequence, long time, DirectBuffer events, int offset, int length) {
      // Buffered as far as anybody can see.
    }

    @Override
    public void commit() throws ProjectionUnavailable {
      throw new ProjectionUnavailable("dead", new IOException("connection refused"));
    }
  }

  private static void open(EngineHost host) {
    KillVictim.opening().forEach(command -> host.gateway().submit(command).join());
  }

  @Test
  void theKillSwitchEmptiesTheBookWithoutADatabase() throws Exception {
    int orders = 3_500;
    HostConfig config = HostConfig.small(folder);
    try (EngineHost host = EngineHost.start(config, KillVictim::machine, new DeadProjection())) {
      open(host);
      List<CompletableFuture<CommandResult>> answers = new ArrayList<>();
      for (int i = 0; i < orders; i++) {
        long account = ACCOUNT + i % KillVictim.ACCOUNTS;
        Command order = KillVictim.order(account, Side.BUY, OrderType.LIMIT, 10_000, 50_000_000);
        CompletableFuture<CommandResult> answer = host.gateway().submit(order);
        while (answer.isCompletedExceptionally()) {
          answers.getLast().get(5, TimeUnit.SECONDS); // the ring is full: wait until it is not
          answer = host.gateway().submit(order);
        }
        answers.add(answer);
      }
      CompletableFuture<CommandResult> kill =
          host.gateway().submit(new Command.Kill(KillScope.VENUE, 0));

      assertThat(kill.get(5, TimeUnit.SECONDS).reason()).isEqualTo(RejectReason.NONE);
      // The rest expires a thousand a command, driven by ticks that nobody sends.
      for (int i = 0; i < KillVictim.ACCOUNTS; i++) {
        while (!host.readModel().openOrders(ACCOUNT + i, 0).isEmpty()) {
          Thread.onSpinWait();
        }
      }
      assertThat(host.readModel().depth(KillVictim.SYMBOL, 10).bids()).isEmpty();
      assertThat(host.readModel().sequence())
          .isGreaterThanOrEqualTo(KillVictim.opening().size() + orders + 4L);
      assertThat(host.readModel().watermark()).isZero();
    }
  }

  @Test
  void engineAndProducerAllocateNothingInSteadyState() throws Exception {
    HostConfig config =
        HostConfig.standard(folder).withRing(1 << 13, 1 << 22).withSegmentBytes(16 << 20);
    try (EngineHost host = EngineHost.start(config, KillVictim::machine, new NoProjection())) {
      open(host);
      long[] answered = new long[1];
      BulkIngress bulk = host.bulk((correlation, _, _, _, _) -> answered[0] = correlation);
      UnsafeBuffer buy = new UnsafeBuffer(new byte[256]);
      UnsafeBuffer sell = new UnsafeBuffer(new byte[256]);
      int length = encode(Side.BUY, buy);
      encode(Side.SELL, sell);
      long engine = threadId("fondaco-engine");
      long mine = Thread.currentThread().threadId();
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long leastOfEngine = Long.MAX_VALUE;
      long leastOfProducer = Long.MAX_VALUE;
      // Code that is still interpreted allocates; when compilation is done is not ours to say.
      for (int round = 0;
          round < 30 && Math.max(leastOfEngine, leastOfProducer) >= ROUND / 10;
          round++) {
        long engineBefore = threads.getThreadAllocatedBytes(engine);
        long mineBefore = threads.getThreadAllocatedBytes(mine);
        pump(bulk, buy, sell, length, ROUND);
        leastOfEngine =
            Math.min(leastOfEngine, threads.getThreadAllocatedBytes(engine) - engineBefore);
        leastOfProducer =
            Math.min(leastOfProducer, threads.getThreadAllocatedBytes(mine) - mineBefore);
      }
      assertThat(leastOfEngine).as("bytes for %s commands", ROUND).isLessThan(ROUND / 10);
      assertThat(leastOfProducer).as("bytes for %s commands", ROUND).isLessThan(ROUND / 10);
      assertThat(answered[0]).isEqualTo(ROUND);
    }
  }

  private static int encode(Side side, UnsafeBuffer into) {
    Command order = KillVictim.order(ACCOUNT, side, OrderType.LIMIT, 10_000, 100_000_000);
    return new CommandCodec().encode(new CommandHeader(0, 0, 0, 0, 0), order, into, 0);
  }

  /** Pairs of orders that fill each other, until the last is answered. */
  private static void pump(
      BulkIngress bulk, UnsafeBuffer buy, UnsafeBuffer sell, int length, int commands) {
    long last = bulk.answeredSequence() + commands;
    for (int i = 1; i <= commands; i++) {
      while (!bulk.tryPublish((i & 1) == 0 ? sell : buy, 0, length, i)) {
        Thread.onSpinWait();
      }
    }
    while (bulk.answeredSequence() < last) {
      Thread.onSpinWait();
    }
  }

  private static long threadId(String name) {
    return Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(false, false))
        .filter(thread -> thread.getThreadName().equals(name))
        .findFirst()
        .orElseThrow()
        .getThreadId();
  }
}
