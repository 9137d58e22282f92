package org.fondaco.api.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.fondaco.api.feed.Group;
import org.fondaco.api.symbol.Markets;
import org.fondaco.api.tape.AggregateTrade;
import org.fondaco.api.tape.Tape;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EngineEvent.LevelChanged;
import org.fondaco.engine.protocol.EngineEvent.SymbolChanged;
import org.fondaco.engine.protocol.EngineEvent.Trade;
import org.fondaco.engine.readmodel.ReadModel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that turns what the engine did into messages. The feed's thread only hands groups
 * over; when this one does not keep up, what does not fit is left out and said to be lost at that
 * very place.
 */
final class Publisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
  private static final int QUEUE_LENGTH = 1 << 15;
  private static final int BATCH_MAX = 256;
  private static final long TURN_MICROS = StreamName.FAST * 1_000L;
  private static final long SECOND = StreamName.SECOND / StreamName.FAST;
  private static final Object LOST = new Object();
  private static final Object PAUSED = new Object();

  private final Markets markets;
  private final ReadModel readModel;
  private final Tape tape;
  private final Channels channels;
  private final LongSupplier clockMicros;
  private final OneToOneConcurrentArrayQueue<Object> queue =
      new OneToOneConcurrentArrayQueue<>(QUEUE_LENGTH);
  private final Thread thread;
  private volatile boolean asleep;
  private volatile boolean closed;
  // Of the feed's thread.
  private boolean lost;
  private boolean paused;

  // Of the publishing thread.
  private final Map<Integer, Desk> desks = new HashMap<>();
  private final Tickers tickers;
  private final List<Channel> ofAll = new ArrayList<>();
  private final List<Channel> waiting = new ArrayList<>();
  private final Set<Desk> touched = new LinkedHashSet<>();
  private long turn;

  Publisher(
      Markets markets,
      ReadModel readModel,
      Tape tape,
      Channels channels,
      LongSupplier clockMicros) {
    this.markets = markets;
    this.readModel = readModel;
    this.tape = tape;
    this.channels = channels;
    tickers = new Tickers(markets, readModel, tape);
    this.clockMicros = clockMicros;
    turn = clockMicros.getAsLong() / TURN_MICROS;
    thread = Thread.ofPlatform().name("streams").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Takes something to publish; by the feed's thread only. */
  void offer(Object what) {
    if (channels.size() == 0) {
      // Whoever subscribes from now on reads a state that this has changed already.
      paused = true;
      lost = false;
      return;
    }
    if (lost) {
      lost = !queue.offer(LOST);
    }
    if (paused) {
      paused = !queue.offer(PAUSED);
      lost |= paused;
    }
    if (lost || !queue.offer(what)) {
      lost = true;
    }
    wake();
  }

  /** What follows does not follow what came before; by the feed's thread only. */
  void lost() {
    lost = true;
  }

  /** Nothing more comes for now; by the feed's thread only. */
  void caughtUp() {
    if (lost) {
      lost = !queue.offer(LOST);
      wake();
    }
  }

  private void wake() {
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (!closed) {
      try {
        work();
      } catch (RuntimeException e) {
        LOG.error("the market streams failed and start anew", e);
        desks.values().forEach(Desk::lost);
      }
    }
  }

  private void work() {
    changes();
    int taken = 0;
    for (Object next = queue.poll(); next != null; next = taken < BATCH_MAX ? queue.poll() : null) {
      taken++;
      changes();
      take(next);
    }
    long now = clockMicros.getAsLong();
    long reached = now / TURN_MICROS;
    if (reached != turn) {
      speak(turn, reached, now);
      turn = reached;
    }
    if (taken == 0) {
      sleep((reached + 1) * TURN_MICROS - now);
    }
  }

  private void sleep(long micros) {
    asleep = true;
    if (queue.isEmpty() && !closed) {
      LockSupport.parkNanos(this, micros * 1_000);
    }
    asleep = false;
  }

  private void changes() {
    for (Channels.Change change = channels.change(); change != null; change = channels.change()) {
      if (change.opened()) {
        open(change.channel());
      } else {
        close(change.channel());
      }
    }
  }

  private void open(Channel channel) {
    if (channel.name().symbol().isEmpty()) {
      ofAll.add(channel);
      return;
    }
    Desk desk = desk(channel.name().symbol());
    if (desk == null) {
      // Its symbol may be listed while somebody waits for it.
      waiting.add(channel);
    } else {
      desk.open(channel, clockMicros.getAsLong());
    }
  }

  private void close(Channel channel) {
    tickers.close(channel);
    if (!ofAll.remove(channel) && !waiting.remove(channel)) {
      desks.values().forEach(desk -> desk.close(channel));
    }
  }

  private @Nullable Desk desk(String symbol) {
    return markets
        .find(symbol)
        .map(found ->
            desks.computeIfAbsent(found.id(), _ -> new Desk(found, readModel, tape, tickers)))
        .orElse(null);
  }

  private void take(Object next) {
    if (next instanceof Group group) {
      group(group);
    } else if (next instanceof AggregateTrade aggregate) {
      Desk desk = desks.get(aggregate.symbol());
      if (desk != null) {
        desk.aggregate(aggregate, clockMicros.getAsLong());
      }
    } else if (next == LOST) {
      LOG.warn("the market streams did not keep up; their clients have to begin again");
      desks.values().forEach(Desk::lost);
    } else if (next == PAUSED) {
      // Nobody listened to what was left out, so nobody has to begin again.
      desks.values().forEach(Desk::restart);
    }
  }

  private void group(Group group) {
    long now = clockMicros.getAsLong();
    for (EngineEvent event : group.events()) {
      if (event instanceof Trade trade) {
        Desk desk = desks.get(trade.symbol());
        if (desk != null) {
          desk.trade(trade, group.time(), now);
        }
      } else if (event instanceof LevelChanged level) {
        level(level);
      } else if (event instanceof SymbolChanged) {
        List<Channel> hoping = List.copyOf(waiting);
        waiting.clear();
        hoping.forEach(this::open);
      }
    }
    touched.forEach(Desk::groupEnded);
    touched.clear();
  }

  private void level(LevelChanged level) {
    Desk desk = desks.get(level.symbol());
    if (desk == null) {
      return;
    }
    if (desk.level(level)) {
      touched.add(desk);
    } else {
      LOG.error("an update before {} of symbol {} is missing", level.updateId(), level.symbol());
      desk.lost();
    }
  }

  /** Speaks on every stream whose time came after turn {@code from} until turn {@code to}. */
  private void speak(long from, long to, long nowMicros) {
    for (Desk desk : desks.values()) {
      desk.closeKlines(nowMicros);
      desk.speak(StreamName.FAST, nowMicros);
    }
    if (from / SECOND != to / SECOND) {
      for (Desk desk : desks.values()) {
        desk.speak(StreamName.SECOND, nowMicros);
        desk.speakOfTickers(nowMicros);
        desk.speakOfKlines(StreamName.SECOND, nowMicros);
      }
      ofAll.forEach(channel -> tickers.speakOfAll(channel, nowMicros));
    }
    if (from / (2 * SECOND) != to / (2 * SECOND)) {
      desks.values().forEach(desk -> desk.speakOfKlines(2 * StreamName.SECOND, nowMicros));
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
