package org.fondaco.api.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Redis, shared by all threads and pipelined. The venue never depends on it: it
 * starts and trades without, and the connection is made again by itself whenever the server comes
 * back. While there is none, commands fail at once; none waits longer than {@link #TIMEOUT}.
 */
public final class Redis implements AutoCloseable {

  /** How long a command may take before it fails. */
  public static final Duration TIMEOUT = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Redis.class);
  private static final Duration RETRY_MIN = Duration.ofMillis(50);
  private static final Duration RETRY_MAX = Duration.ofSeconds(1);
  private static final int IO_THREADS = 2;

  private final ClientResources resources;
  private final RedisClient client;
  private final RedisURI uri;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread connector;
  private volatile @Nullable StatefulRedisConnection<String, String> connection;

  private Redis(RedisURI uri) {
    this.uri = uri;
    resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(IO_THREADS)
            .computationThreadPoolSize(IO_THREADS)
            .reconnectDelay(
                Delay.exponential(
                    RETRY_MIN.toMillis(), RETRY_MAX.toMillis(), TimeUnit.MILLISECONDS, 2))
            .build();
    client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(true)
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .timeoutOptions(TimeoutOptions.enabled(TIMEOUT))
            .socketOptions(SocketOptions.builder().connectTimeout(TIMEOUT).keepAlive(true).build())
            .build());
    connector = Thread.ofVirtual().name("redis-connector").unstarted(this::connect);
  }

  /**
   * Begins to connect; returns when that has succeeded or failed once.
   *
   * @param url {@code redis://} or {@code rediss://} (TLS), with user and password if needed
   * @throws IllegalArgumentException when it is no such URL; the message does not repeat it
   */
  public static Redis open(String url) {
    Redis redis = new Redis(parse(url));
    if (!redis.tryToConnect()) {
      LOG.warn("Redis at {} does not answer: its users do without until it does", redis);
      redis.connector.start();
    }
    return redis;
  }

  /**
   * Checks a URL without using it.
   *
   * @throws IllegalArgumentException as {@link #open}
   */
  public static void check(String url) {
    parse(url);
  }

  /** Whether commands have a connection to go to. */
  public boolean available() {
    StatefulRedisConnection<String, String> made = connection;
    return made != null && made.isOpen();
  }

  /**
   * Commands, pipelined in the order of calls, which never block.
   *
   * @return empty before the first connection is made; later, commands fail while there is none
   */
  public Optional<RedisAsyncCommands<String, String>> commands() {
    StatefulRedisConnection<String, String> made = connection;
    return made == null ? Optional.empty() : Optional.of(made.async());
  }

  /** Host and port; never the password. */
  @Override
  public String toString() {
    return uri.getHost() + ":" + uri.getPort();
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      connector.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.shutdown(Duration.ZERO, TIMEOUT);
    resources.shutdown(0, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }

  private void connect() {
    long waitMillis = RETRY_MIN.toMillis();
    try {
      while (!closing.await(waitMillis, TimeUnit.MILLISECONDS)) {
        if (tryToConnect()) {
          LOG.info("Redis at {} answers", this);
          return;
        }
        waitMillis = Math.min(2 * waitMillis, RETRY_MAX.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The first connection; from then on Lettuce reconnects. */
  private boolean tryToConnect() {
    try {
      connection = client.connect(StringCodec.UTF8, uri);
      return true;
    } catch (RedisException e) {
      LOG.debug("Redis at {} does not answer", this, e);
      return false;
    }
  }

  private static RedisURI parse(String url) {
    String scheme = url.toLowerCase(Locale.ROOT);
    if (!scheme.startsWith("redis://") && !scheme.startsWith("rediss://")) {
      throw new IllegalArgumentException("must start with redis:// or rediss://");
    }
    try {
      if (new URI(url).parseServerAuthority().getHost() != null) {
        RedisURI uri = RedisURI.create(url);
        uri.setTimeout(TIMEOUT);
        return uri;
      }
    } catch (URISyntaxException | RuntimeException e) {
      // Its message would repeat the URL, and with it the password.
      throw new IllegalArgumentException("is no URL of a Redis server");
    }
    throw new IllegalArgumentException("names no host");
  }
}
