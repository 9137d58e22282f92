package org.fondaco.api.limit;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.fondaco.api.redis.Redis;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Redis what changed, {@value #PAUSE_MILLIS} ms after it changed, in one script a time, and
 * hears what the other processes counted. One thread of its own; nobody else ever waits for Redis.
 */
final class RedisSharing implements Sharing {
  private static final Logger LOG = LoggerFactory.getLogger(RedisSharing.class);
  private static final long PAUSE_MILLIS = 10;
  private static final long RETRY_MILLIS = 250;
  private static final int BATCH_MAX = 500;

  /**
   * A count is a hash with one field a process. A ban is its level, living as long as the ban and
   * the memory of it.
   */
  private static final String SCRIPT =
      """
      local out = {}
      for i, key in ipairs(KEYS) do
        local kind, number, life = ARGV[3 * i - 1], ARGV[3 * i], tonumber(ARGV[3 * i + 1])
        if kind == 'count' then
          redis.call('HSET', key, ARGV[1], number)
          redis.call('PEXPIRE', key, life)
          local others = 0
          local parts = redis.call('HGETALL', key)
          for j = 1, #parts, 2 do
            if parts[j] ~= ARGV[1] then
              others = others + tonumber(parts[j + 1])
            end
          end
          out[#out + 1] = others
        else
          if life > math.max(0, redis.call('PTTL', key)) then
            redis.call('SET', key, number, 'PX', life)
          end
          out[#out + 1] = math.max(0, redis.call('PTTL', key))
          out[#out + 1] = tonumber(redis.call('GET', key) or '0')
        end
      end
      return out
      """;

  private final Redis redis;
  private final String process;
  private final Queue<Shared> changed = new ConcurrentLinkedQueue<>();
  private final Queue<CompletableFuture<Void>> asked = new ConcurrentLinkedQueue<>();
  private final Semaphore work = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean healthy = true;

  RedisSharing(Redis redis) {
    this.redis = redis;
    byte[] name = new byte[8];
    ThreadLocalRandom.current().nextBytes(name);
    this.process = HexFormat.of().formatHex(name);
    this.thread = Thread.ofPlatform().name("limits-to-redis").daemon().start(this::run);
  }

  @Override
  public void changed(Shared shared) {
    if (shared.markWaiting()) {
      changed.add(shared);
      work.release();
    }
  }

  @Override
  public CompletableFuture<Void> settled() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    asked.add(done);
    work.release();
    return done;
  }

  @Override
  public boolean healthy() {
    return healthy;
  }

  private void run() {
    try {
      while (closing.getCount() > 0) {
        work.acquire();
        boolean closed = closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        work.drainPermits();
        if (!shareAll() && !closed) {
          closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
          work.release();
        }
      }
      shareAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      answerAsked(asked.size());
    }
  }

  /** Shares everything that changed so far; false when Redis did not take it. */
  private boolean shareAll() throws InterruptedException {
    int questions = asked.size();
    boolean taken = true;
    for (int left = changed.size(); taken && left > 0; left -= BATCH_MAX) {
      List<Shared> batch = new ArrayList<>();
      while (batch.size() < BATCH_MAX) {
        Shared next = changed.poll();
        if (next == null) {
          break;
        }
        batch.add(next);
      }
      taken = share(batch);
    }
    answerAsked(questions);
    return taken;
  }

  private void answerAsked(int questions) {
    for (int i = 0; i < questions; i++) {
      CompletableFuture<Void> done = asked.poll();
      if (done != null) {
        done.complete(null);
      }
    }
  }

  private boolean share(List<Shared> what) throws InterruptedException {
    SharedBatch batch = new SharedBatch(process);
    what.forEach(shared -> {
      shared.markSent();
      shared.tell(batch);
    });
    if (batch.isEmpty()) {
      return true;
    }
    try {
      Iterator<Long> answers = run(batch).iterator();
      what.forEach(shared -> shared.hear(answers));
      tellHealth(true);
      return true;
    } catch (ExecutionException | RuntimeException e) {
      LOG.debug("could not share limits", e);
      tellHealth(false);
      what.forEach(this::changed);
      changed.removeIf(Shared::over);
      return false;
    }
  }

  private List<Long> run(SharedBatch batch) throws ExecutionException, InterruptedException {
    RedisAsyncCommands<String, String> commands =
        redis.commands().orElseThrow(() -> new IllegalStateException("not connected"));
    try {
      return commands
          .<List<Long>>evalsha(
              commands.digest(SCRIPT), ScriptOutputType.MULTI, batch.keys(), batch.arguments())
          .get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RedisNoScriptException) {
        return commands
            .<List<Long>>eval(SCRIPT, ScriptOutputType.MULTI, batch.keys(), batch.arguments())
            .get();
      }
      throw e;
    }
  }

  /** Logs the first failure and the recovery, not what is between. */
  private void tellHealth(boolean now) {
    if (healthy && !now) {
      LOG.warn("Redis at {} does not take limits: they are counted in memory until it does", redis);
    } else if (!healthy && now) {
      LOG.info("Redis at {} takes limits again", redis);
    }
    healthy = now;
  }

  /** Shares once more what has not been shared yet. */
  @Override
  public void close() {
    closing.countDown();
    work.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
