package org.fondaco.api.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.fondaco.api.feed.Group;
import org.fondaco.api.feed.GroupSubscriber;
import org.fondaco.api.socket.Conversation;
import org.fondaco.api.socket.Conversations;
import org.fondaco.api.socket.Peer;
import org.fondaco.api.symbol.Markets;
import org.fondaco.api.tape.AggregateTrade;
import org.fondaco.api.tape.Tape;
import org.fondaco.api.tape.TapeListener;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EngineEvent.LevelChanged;
import org.fondaco.engine.protocol.EngineEvent.SymbolChanged;
import org.fondaco.engine.protocol.EngineEvent.Trade;
import org.fondaco.engine.readmodel.ReadModel;
import org.jspecify.annotations.Nullable;

/**
 * The streams on {@code /ws}, {@code /ws/a/b} and {@code /stream?streams=a/b}
 * [web-socket-streams.md]. Subscribes to the feed; a message is encoded once for all its clients.
 */
public final class MarketStreams
    implements Conversations, GroupSubscriber, TapeListener, AutoCloseable {
  /** Streams that one connection may listen to. */
  static final int STREAMS_MAX = 1_024;

  private static final String COMBINED = "/stream";
  private static final String RAW = "/ws";

  private final UserStreams users;
  private final LongSupplier clockMicros;
  private final Channels channels = new Channels();
  private final Publisher publisher;

  /**
   * Starts the publishing thread; to be subscribed to the feed after the tape, and to the tape.
   *
   * @param users the streams that are an account's own
   */
  public MarketStreams(Markets markets, ReadModel readModel, Tape tape, UserStreams users) {
    this(markets, readModel, tape, users, MarketStreams::nowMicros);
  }

  MarketStreams(
      Markets markets,
      ReadModel readModel,
      Tape tape,
      UserStreams users,
      LongSupplier clockMicros) {
    this.users = users;
    this.clockMicros = clockMicros;
    publisher = new Publisher(markets, readModel, tape, channels, clockMicros);
    publisher.start();
  }

  @Override
  public @Nullable Conversation begin(Peer peer, String path, String query) {
    boolean combined = path.regionMatches(true, 0, COMBINED, 0, COMBINED.length());
    String listed = combined ? "" : path.substring(Math.min(path.length(), RAW.length() + 1));
    Times times = Times.MILLISECONDS;
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : PercentDecoder.decode(pair.substring(equals + 1));
      if (name.equals("streams") && combined) {
        listed = value;
      } else if (name.equals("timeUnit")) {
        switch (value.toUpperCase(Locale.ROOT)) {
          case "MICROSECOND" -> times = Times.MICROSECONDS;
          case "MILLISECOND" -> times = Times.MILLISECONDS;
          default -> {
            return null;
          }
        }
      }
    }
    Subscriber subscriber = new Subscriber(peer, combined, times, channels, users, clockMicros);
    return subscriber.begin(names(listed)) ? subscriber : null;
  }

  private static List<String> names(String listed) {
    List<String> names = new ArrayList<>();
    for (String name : listed.split("/", -1)) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  /** Streams that somebody listens to. */
  public int streams() {
    return channels.size();
  }

  @Override
  public void group(Group group) {
    for (EngineEvent event : group.events()) {
      if (event instanceof LevelChanged
          || event instanceof Trade
          || event instanceof SymbolChanged) {
        publisher.offer(group);
        return;
      }
    }
  }

  @Override
  public void aggregate(AggregateTrade aggregate) {
    publisher.offer(aggregate);
  }

  @Override
  public void lost() {
    publisher.lost();
  }

  @Override
  public void caughtUp() {
    publisher.caughtUp();
  }

  @Override
  public void close() {
    publisher.close();
  }

  private static long nowMicros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}
