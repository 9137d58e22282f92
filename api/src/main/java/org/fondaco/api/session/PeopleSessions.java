package org.fondaco.api.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.fondaco.api.redis.Redis;
import org.jspecify.annotations.Nullable;
import org.springframework.session.MapSession;
import org.springframework.session.SessionRepository;

/**
 * The door of this package: Spring Session's repository over a store of ours, with an index by
 * user. Attributes are texts. A session ends when it is idle, when it is old, or when somebody ends
 * it.
 */
public final class PeopleSessions implements SessionRepository<MapSession>, Sessions {
  private static final int ID_LENGTH = 32;
  private static final int NAME_LENGTH = 16;

  /** Attribute of a session that came from the store: it must not be revived once it was ended. */
  private static final String KEPT = PeopleSessions.class.getName();

  private final SessionStore store;
  private final SessionSettings settings;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  PeopleSessions(SessionStore store, SessionSettings settings, Clock clock) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
  }

  /** Sessions in this process's memory. */
  public static PeopleSessions inMemory(SessionSettings settings) {
    return new PeopleSessions(new MemoryStore(), settings, Clock.systemUTC());
  }

  /** Sessions in Redis, which other processes share. */
  public static PeopleSessions through(Redis redis, SessionSettings settings) {
    return new PeopleSessions(new RedisStore(redis), settings, Clock.systemUTC());
  }

  /** Public name of the session with this id. */
  public static String name(String id) {
    return key(id).substring(0, NAME_LENGTH);
  }

  @Override
  public MapSession createSession() {
    byte[] id = new byte[ID_LENGTH];
    random.nextBytes(id);
    MapSession session = new MapSession(Base64.getUrlEncoder().withoutPadding().encodeToString(id));
    session.setCreationTime(clock.instant());
    session.setLastAccessedTime(clock.instant());
    session.setMaxInactiveInterval(settings.idle());
    return session;
  }

  @Override
  public void save(MapSession session) {
    SessionStore.Kept kept = kept(session);
    boolean renamed = !session.getId().equals(session.getOriginalId());
    if (renamed) {
      store.end(key(session.getOriginalId()));
    }
    if (renamed || session.getAttribute(KEPT) == null) {
      store.keep(kept, settings.idle());
      session.setAttribute(KEPT, "");
    } else {
      store.keepOn(kept, settings.idle());
    }
  }

  @Override
  public @Nullable MapSession findById(String id) {
    SessionStore.Kept kept = store.find(key(id));
    if (kept == null) {
      return null;
    }
    if (over(kept)) {
      store.end(kept.key());
      return null;
    }
    MapSession session = new MapSession(id);
    session.setCreationTime(Instant.ofEpochMilli(kept.beganMillis()));
    session.setLastAccessedTime(Instant.ofEpochMilli(kept.usedMillis()));
    session.setMaxInactiveInterval(settings.idle());
    kept.attributes().forEach(session::setAttribute);
    session.setAttribute(KEPT, "");
    return session;
  }

  @Override
  public void deleteById(String id) {
    store.end(key(id));
  }

  @Override
  public List<Summary> of(long userId) {
    return store.of(userId).stream()
        .filter(kept -> !over(kept))
        .map(kept ->
            new Summary(
                publicName(kept),
                kept.beganMillis() * 1_000,
                kept.usedMillis() * 1_000,
                kept.attributes().getOrDefault(ADDRESS, ""),
                kept.attributes().getOrDefault(AGENT, "")))
        .toList();
  }

  @Override
  public boolean end(long userId, String name) {
    boolean ended = false;
    for (SessionStore.Kept kept : store.of(userId)) {
      if (publicName(kept).equals(name)) {
        ended |= store.end(kept.key());
      }
    }
    return ended;
  }

  @Override
  public int endAll(long userId, @Nullable String except) {
    int ended = 0;
    for (SessionStore.Kept kept : store.of(userId)) {
      if (!publicName(kept).equals(except) && store.end(kept.key())) {
        ended++;
      }
    }
    return ended;
  }

  private boolean over(SessionStore.Kept kept) {
    long now = clock.millis();
    return now - kept.usedMillis() >= settings.idle().toMillis()
        || now - kept.beganMillis() >= settings.longest().toMillis();
  }

  private static SessionStore.Kept kept(MapSession session) {
    Map<String, String> attributes = new HashMap<>();
    for (String name : session.getAttributeNames()) {
      Object value = session.getAttribute(name);
      if (value instanceof String text && !name.equals(KEPT)) {
        attributes.put(name, text);
      }
    }
    return new SessionStore.Kept(
        key(session.getId()),
        session.getCreationTime().toEpochMilli(),
        session.getLastAccessedTime().toEpochMilli(),
        Map.copyOf(attributes));
  }

  private static String publicName(SessionStore.Kept kept) {
    return kept.key().substring(0, NAME_LENGTH);
  }

  private static String key(String id) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(id.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
