package org.fondaco.engine.host;

import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandCodec;
import org.fondaco.engine.protocol.CommandHeader;

/** Publishes a Tick when the engine says that one is due, and fails answers that take too long. */
final class Timer implements Runnable {

  private static final long PERIOD_NANOS = 5_000_000L;
  private static final int PERIODS_PER_EXPIRY = 40;

  private final Gateway gateway;
  private final EngineStage engine;
  private final long answerTimeoutNanos;
  private final UnsafeBuffer tick = new UnsafeBuffer(new byte[Wire.MIN_LENGTH]);
  private final Thread thread = Thread.ofPlatform().name("fondaco-timer").daemon().unstarted(this);
  private volatile boolean stopping;

  Timer(Gateway gateway, EngineStage engine, long answerTimeoutNanos) {
    this.gateway = gateway;
    this.engine = engine;
    this.answerTimeoutNanos = answerTimeoutNanos;
    new CommandCodec().encode(new CommandHeader(0, 0, 0, 0, 0), new Command.Tick(), tick, 0);
  }

  void start() {
    thread.start();
  }

  void stop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    long lastTick = -1;
    for (int period = 0; !stopping; period++) {
      if (engine.tickDue(gateway.now(), lastTick)
          && gateway.tryPublish(tick, 0, tick.capacity(), 0)) {
        // All published so far, the tick included, must be applied before the next one.
        lastTick = gateway.cursor();
      }
      if (period % PERIODS_PER_EXPIRY == 0) {
        gateway.expire(answerTimeoutNanos);
      }
      LockSupport.parkNanos(PERIOD_NANOS);
    }
  }
}
