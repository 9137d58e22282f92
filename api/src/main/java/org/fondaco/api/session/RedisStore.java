package org.fondaco.api.session;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.fondaco.api.error.Problem;
import org.fondaco.api.redis.Redis;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that several processes share and that survive a restart: a hash a session, which Redis
 * lets expire, and a set of keys a user. While Redis cannot be reached nobody is signed in, and
 * requests that need to know are refused with -8016; those signed by API key never come here.
 */
final class RedisStore implements SessionStore {
  private static final String SESSION = "fondaco:session:";
  private static final String USER = "fondaco:sessions-of:";
  private static final String BEGAN = " began";
  private static final String USED = " used";

  /** Members of a user's set that have expired go when the user's sessions are read. */
  private static final String KEEP =
      """
      if ARGV[2] == 'on' and redis.call('EXISTS', KEYS[1]) == 0 then
        return 0
      end
      redis.call('DEL', KEYS[1])
      redis.call('HSET', KEYS[1], unpack(ARGV, 4))
      redis.call('PEXPIRE', KEYS[1], ARGV[1])
      redis.call('SADD', KEYS[2], ARGV[3])
      if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[1]) then
        redis.call('PEXPIRE', KEYS[2], ARGV[1])
      end
      return 1
      """;

  private final Redis redis;

  RedisStore(Redis redis) {
    this.redis = redis;
  }

  @Override
  public void keep(Kept session, Duration longest) {
    write(session, longest, "anew");
  }

  @Override
  public void keepOn(Kept session, Duration longest) {
    write(session, longest, "on");
  }

  private void write(Kept session, Duration longest, String how) {
    List<String> arguments = new ArrayList<>();
    arguments.add(Long.toString(longest.toMillis()));
    arguments.add(how);
    arguments.add(session.key());
    arguments.add(BEGAN);
    arguments.add(Long.toString(session.beganMillis()));
    arguments.add(USED);
    arguments.add(Long.toString(session.usedMillis()));
    session
        .attributes()
        .forEach((name, value) -> {
          arguments.add(name);
          arguments.add(value);
        });
    String[] keys = {SESSION + session.key(), USER + session.userId()};
    Long kept =
        ask(commands ->
            commands.eval(KEEP, ScriptOutputType.INTEGER, keys, arguments.toArray(String[]::new)));
    if (kept == null) {
      throw Problem.SESSIONS_UNAVAILABLE.exception();
    }
  }

  @Override
  public @Nullable Kept find(String key) {
    Map<String, String> fields = ask(commands -> commands.hgetall(SESSION + key));
    return fields == null || fields.isEmpty() ? null : kept(key, fields);
  }

  @Override
  public boolean end(String key) {
    Long ended = ask(commands -> commands.del(SESSION + key));
    return ended != null && ended == 1;
  }

  @Override
  public List<Kept> of(long userId) {
    List<Kept> sessions = new ArrayList<>();
    var keys = ask(commands -> commands.smembers(USER + userId));
    if (keys != null) {
      for (String key : keys) {
        Kept session = find(key);
        if (session == null) {
          ask(commands -> commands.srem(USER + userId, key));
        } else {
          sessions.add(session);
        }
      }
    }
    sessions.sort(Comparator.comparingLong(Kept::beganMillis).thenComparing(Kept::key));
    return sessions;
  }

  private static Kept kept(String key, Map<String, String> fields) {
    Map<String, String> attributes = new HashMap<>(fields);
    String began = attributes.remove(BEGAN);
    String used = attributes.remove(USED);
    return new Kept(
        key,
        began == null ? 0 : Long.parseLong(began),
        used == null ? 0 : Long.parseLong(used),
        attributes);
  }

  private <T> @Nullable T ask(
      Function<RedisAsyncCommands<String, String>, RedisFuture<T>> question) {
    RedisAsyncCommands<String, String> commands =
        redis.commands().orElseThrow(Problem.SESSIONS_UNAVAILABLE::exception);
    try {
      return question.apply(commands).get(Redis.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.SESSIONS_UNAVAILABLE.exception();
    } catch (ExecutionException | TimeoutException e) {
      throw Problem.SESSIONS_UNAVAILABLE.exception();
    }
  }
}
