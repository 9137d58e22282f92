package org.fondaco.api;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.fondaco.api.config.Settings;
import org.fondaco.db.postgres.PostgresException;
import org.fondaco.engine.host.RecoveryFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.modulith.Modulithic;

/** The one process of a venue. */
@Modulithic
public final class FondacoApplication {
  private static final Logger LOG = LoggerFactory.getLogger(FondacoApplication.class);
  private static final int EXIT_NOT_STARTED = 1;
  private static final int EXIT_UNCLEAN = 2;
  private static final int EXIT_HALTED = 3;
  private static final int EXIT_CLEAN = 0;

  private FondacoApplication() {}

  /** Starts the venue and serves until SIGINT or SIGTERM, or until the engine halts. */
  public static void main(String[] args) throws InterruptedException {
    CompletableFuture<Venue> started = new CompletableFuture<>();
    AtomicInteger exit = new AtomicInteger(EXIT_CLEAN);
    // Before the start, because a signal may come while it starts, or the moment that it serves.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started, exit), "stop"));
    Venue venue;
    try {
      venue = Venue.start(Settings.of(System.getenv()));
    } catch (Settings.InvalidSetting
        | StartFailed
        | PostgresException
        | RecoveryFailed
        | IOException e) {
      System.err.println("fondaco: " + e.getMessage());
      LOG.debug("not started", e);
      notStarted(started);
      return;
    } catch (RuntimeException e) {
      LOG.error("not started, for a reason that nobody foresaw", e);
      notStarted(started);
      return;
    }
    venue
        .halted()
        .thenAccept(cause -> {
          LOG.error("the engine halted; the venue stops", cause);
          exit.set(EXIT_HALTED);
          // This is one of the engine's threads, which the stop waits for: exit from another.
          new Thread(() -> System.exit(EXIT_HALTED), "halt").start();
        });
    started.complete(venue);
    System.out.println(Announcement.of(venue));
    new CountDownLatch(1).await();
  }

  private static void notStarted(CompletableFuture<Venue> started) {
    started.cancel(false);
    System.exit(EXIT_NOT_STARTED);
  }

  /**
   * The last thing that this process does; a clean stop by signal is no failure. What is starting
   * is stopped when it has started.
   */
  private static void stop(CompletableFuture<Venue> started, AtomicInteger exit) {
    Venue venue;
    try {
      venue = started.join();
    } catch (CancellationException e) {
      return;
    }
    boolean clean = venue.stop();
    Runtime.getRuntime().halt(clean ? exit.get() : Math.max(exit.get(), EXIT_UNCLEAN));
  }
}
