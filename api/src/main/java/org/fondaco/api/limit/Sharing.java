package org.fondaco.api.limit;

import java.util.concurrent.CompletableFuture;
import org.fondaco.api.redis.Redis;

/**
 * Where counts and bans live beside this process: nowhere, or in Redis. Counting itself is always
 * in memory and never waits; what changed is shared a moment later [ADR 23].
 */
public interface Sharing extends AutoCloseable {

  /** Counts are this process's own and end with it. */
  static Sharing none() {
    return new OwnOnly();
  }

  /** Counts are shared through Redis, and survive this process. */
  static Sharing through(Redis redis) {
    return new RedisSharing(redis);
  }

  /** Completes when what was counted before is shared, or cannot be now. */
  CompletableFuture<Void> settled();

  /** Whether what other processes count is known; true when there is nothing to share. */
  boolean healthy();

  @Override
  void close();

  /** Lets the others know soon. Never blocks. */
  void changed(Shared shared);
}
