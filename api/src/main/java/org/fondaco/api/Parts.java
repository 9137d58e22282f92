package org.fondaco.api;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, in order; stops in the reverse of it. */
final class Parts {
  private static final Logger LOG = LoggerFactory.getLogger(Venue.class);

  private final Deque<Part> parts = new ArrayDeque<>();

  private record Part(String name, AutoCloseable closing) {}

  /** Notes a part that runs. */
  synchronized <T extends AutoCloseable> T started(String name, T part) {
    parts.push(new Part(name, part));
    return part;
  }

  /** Stops everything; a failure of one part is logged, and makes the answer false. */
  synchronized boolean stop() {
    boolean clean = true;
    for (Part part = parts.poll(); part != null; part = parts.poll()) {
      try {
        part.closing().close();
      } catch (Exception e) {
        LOG.error("could not stop: {}", part.name(), e);
        clean = false;
      }
    }
    return clean;
  }
}
