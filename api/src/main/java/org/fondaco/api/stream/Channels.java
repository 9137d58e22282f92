package org.fondaco.api.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The streams that somebody listens to. The publishing thread learns of new and empty ones from
 * {@link #change()}, always before the client that subscribed is told so: what it publishes from
 * then on follows anything that this client reads afterwards.
 */
final class Channels {

  /** A channel that has its first listener, or lost its last one. */
  record Change(Channel channel, boolean opened) {}

  private final Map<String, Channel> channels = new HashMap<>();
  private final ConcurrentLinkedQueue<Change> changes = new ConcurrentLinkedQueue<>();
  private volatile int size;

  synchronized void join(StreamName name, Listener listener) {
    Channel known = channels.get(name.text());
    if (known != null) {
      known.add(listener);
      return;
    }
    Channel channel = new Channel(name);
    channel.add(listener);
    channels.put(name.text(), channel);
    size = channels.size();
    changes.add(new Change(channel, true));
  }

  synchronized void leave(StreamName name, Listener listener) {
    Channel channel = channels.get(name.text());
    if (channel != null && channel.remove(listener)) {
      channels.remove(name.text());
      size = channels.size();
      changes.add(new Change(channel, false));
    }
  }

  /** Streams that have listeners. */
  int size() {
    return size;
  }

  /** The next change that the publishing thread has not heard of; null = none. */
  @Nullable Change change() {
    return changes.poll();
  }
}
