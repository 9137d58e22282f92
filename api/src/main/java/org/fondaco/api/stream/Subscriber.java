package org.fondaco.api.stream;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.socket.Conversation;
import org.fondaco.api.socket.Peer;
import org.fondaco.api.stream.ControlMessage.Refused;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the streams: what it listens to, and its control messages
 * [web-socket-streams.md §Live Subscribing/Unsubscribing to streams].
 */
final class Subscriber implements Conversation, Listener {
  private static final int TRY_AGAIN_LATER = 1013;

  private final Peer peer;
  private final Times times;
  private final Channels channels;
  private final UserStreams users;
  private final LongSupplier clockMicros;
  private final Map<String, Listening> streams = new LinkedHashMap<>();
  private volatile boolean combined;

  /** Ends one subscription. */
  @FunctionalInterface
  private interface Listening {
    /** To a name that nothing is known of: it is listed, and nothing ever comes. */
    Listening TO_NOTHING = () -> {};

    void end();
  }

  Subscriber(
      Peer peer,
      boolean combined,
      Times times,
      Channels channels,
      UserStreams users,
      LongSupplier clockMicros) {
    this.peer = peer;
    this.combined = combined;
    this.times = times;
    this.channels = channels;
    this.users = users;
    this.clockMicros = clockMicros;
  }

  /** Subscribes to what the address names; false when it cannot be meant. */
  boolean begin(List<String> names) {
    if (names.size() > MarketStreams.STREAMS_MAX
        || !names.stream().allMatch(StreamName::wellFormed)) {
      return false;
    }
    names.forEach(this::subscribe);
    return true;
  }

  @Override
  public boolean combined() {
    return combined;
  }

  @Override
  public Times times() {
    return times;
  }

  @Override
  public void send(ByteBuffer utf8) {
    peer.send(utf8);
  }

  @Override
  public void disconnect() {
    peer.close(TRY_AGAIN_LATER, "Events were lost; please begin again");
  }

  @Override
  public void heard(String text) {
    JsonWriter reply = new JsonWriter(64).beginObject();
    try {
      ControlMessage message = ControlMessage.parse(text);
      answer(message, reply.name("result"));
      message.id().write(reply.name("id"));
    } catch (Refused e) {
      reply = e.reply();
    }
    peer.send(reply.endObject().buffer());
  }

  private void answer(ControlMessage message, JsonWriter result) throws Refused {
    switch (message.method()) {
      case SUBSCRIBE -> {
        subscribe(message);
        result.nullValue();
      }
      case UNSUBSCRIBE -> {
        message.names().forEach(this::unsubscribe);
        result.nullValue();
      }
      case LIST_SUBSCRIPTIONS -> {
        message.checkNoParameters();
        result.beginArray();
        streams.keySet().forEach(result::value);
        result.endArray();
      }
      case SET_PROPERTY -> {
        combined = message.combined();
        result.nullValue();
      }
      case GET_PROPERTY -> {
        message.checkProperty(1);
        result.value(combined);
      }
    }
  }

  private void subscribe(ControlMessage message) throws Refused {
    List<String> names = message.names();
    for (String name : names) {
      if (!StreamName.wellFormed(name)) {
        throw message.refused("invalid stream");
      }
    }
    Set<String> all = new LinkedHashSet<>(streams.keySet());
    all.addAll(names);
    if (all.size() > MarketStreams.STREAMS_MAX) {
      throw message.refused(
          "too many streams, a connection can listen to at most " + MarketStreams.STREAMS_MAX);
    }
    names.forEach(this::subscribe);
  }

  private void subscribe(String name) {
    if (streams.containsKey(name)) {
      return;
    }
    StreamName market = StreamName.parse(name);
    if (market != null) {
      channels.join(market, this);
      streams.put(name, () -> channels.leave(market, this));
    } else {
      UserStreams.@Nullable Subscription own =
          users.subscribe(name, times == Times.MICROSECONDS, event -> userEvent(name, event));
      streams.put(name, own == null ? Listening.TO_NOTHING : own::end);
    }
  }

  private void unsubscribe(String name) {
    Listening listening = streams.remove(name);
    if (listening != null) {
      listening.end();
    }
  }

  private void userEvent(String stream, ByteBuffer event) {
    peer.send(combined ? Envelope.wrap(stream, event) : event);
  }

  @Override
  public void stopping() {
    JsonWriter event = new JsonWriter(64).beginObject();
    event.field("e", "serverShutdown").field("E", times.of(clockMicros.getAsLong())).endObject();
    peer.send(combined ? Envelope.wrap("!serverShutdown", event.buffer()) : event.buffer());
  }

  @Override
  public void ended() {
    streams.values().forEach(Listening::end);
    streams.clear();
  }
}
