package org.fondaco.api.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.fondaco.api.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * A stream and who listens to it. Listeners come and go on any thread, under the lock of {@link
 * Channels}; one thread publishes.
 */
final class Channel {
  private static final Listener[] NOBODY = {};
  private static final int EVENT_BYTES = 320;

  private final StreamName name;
  private volatile Listener[] listeners = NOBODY;

  Channel(StreamName name) {
    this.name = name;
  }

  StreamName name() {
    return name;
  }

  void add(Listener listener) {
    Listener[] more = Arrays.copyOf(listeners, listeners.length + 1);
    more[listeners.length] = listener;
    listeners = more;
  }

  /** Removes a listener; true when it was the last one. */
  boolean remove(Listener listener) {
    Listener[] fewer =
        Arrays.stream(listeners).filter(known -> known != listener).toArray(Listener[]::new);
    listeners = fewer;
    return fewer.length == 0;
  }

  /** Encodes an event once for each form that somebody wants, and sends it to everybody. */
  void publish(Event event) {
    Forms forms = new Forms(event);
    for (Listener listener : listeners) {
      listener.send(forms.form(listener));
    }
  }

  void disconnectAll() {
    for (Listener listener : listeners) {
      listener.disconnect();
    }
  }

  /** The same event as text, in the forms asked for so far. */
  private final class Forms {
    private final Event event;
    private final @Nullable JsonWriter[] raw = new JsonWriter[Times.values().length];
    private final @Nullable ByteBuffer[] whole = new ByteBuffer[2 * Times.values().length];

    Forms(Event event) {
      this.event = event;
    }

    ByteBuffer form(Listener listener) {
      boolean combined = listener.combined();
      Times times = listener.times();
      int index = 2 * times.ordinal() + (combined ? 1 : 0);
      ByteBuffer form = whole[index];
      if (form == null) {
        ByteBuffer json = raw(times).buffer();
        form = combined ? Envelope.wrap(name.text(), json) : json;
        whole[index] = form;
      }
      return form;
    }

    private JsonWriter raw(Times times) {
      JsonWriter json = raw[times.ordinal()];
      if (json == null) {
        json = new JsonWriter(EVENT_BYTES);
        event.write(json, times);
        raw[times.ordinal()] = json;
      }
      return json;
    }
  }
}
