package org.fondaco.api;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.fondaco.api.audit.AuditAnchor;
import org.fondaco.api.chain.ChainNodes;
import org.fondaco.api.config.Settings;
import org.fondaco.api.custody.CustodyDesk;
import org.fondaco.api.demo.Demo;
import org.fondaco.api.demo.DemoNode;
import org.fondaco.api.identity.Users;
import org.fondaco.api.limit.Sharing;
import org.fondaco.api.projection.Projector;
import org.fondaco.api.redis.Redis;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.SecretBox;
import org.fondaco.api.session.PublicOrigin;
import org.fondaco.api.venue.VenueControl;
import org.fondaco.api.wallet.Capital;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.db.Database;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.fondaco.engine.core.StateMachine;
import org.fondaco.engine.host.EngineHost;
import org.fondaco.engine.host.HostConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running venue: every part, started in the order in which each needs the one before, stopped in
 * reverse: HTTP stops taking, the engine drains, the database stops.
 */
public final class Venue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Venue.class);
  private static final int RING_SLOTS_MIN = 1 << 10;
  private static final int JOURNAL_BYTES_PER_SLOT = 2 * 320;

  private final Settings settings;
  private final Parts parts = new Parts();
  private final Optional<ChainNodes> chainNodes;
  private final Database database;
  private final Optional<Redis> redis;
  private final Sharing sharing;
  private final EngineHost host;
  private final ApiKeys keys;
  private final VenueControl control;
  private final Users users;
  private final SecretBox secrets;
  private final Optional<CustodyDesk> custody;
  private final Front front;

  private Venue(
      Settings settings,
      Supplier<StateMachine> machines,
      @Nullable Function<Venue, Optional<Capital>> given)
      throws IOException {
    this.settings = settings;
    try {
      DataFolder folder = started("data folder", DataFolder.lock(settings.data()));
      if (settings.demo()) {
        Demo.claim(settings);
      }
      chainNodes =
          settings
              .chainNodes()
              .map(wanted ->
                  started(
                      "chain nodes", ChainNodes.start(settings.data().resolve("node"), wanted)));
      database = started("database", Database.start(settings.database()));
      redis = settings.redisUrl().map(url -> started("Redis", Redis.open(url)));
      sharing = started("limits", redis.map(Sharing::through).orElseGet(Sharing::none));
      host =
          started(
              "engine",
              EngineHost.start(hostConfig(settings, folder), machines, new Projector(database)));
      keys = ApiKeys.open(database.jooq(), folder.masterKey());
      secrets = SecretBox.open(folder.masterKey());
      control = VenueControl.start(database.jooq(), host.gateway());
      users = Users.open(database.jooq());
      started("audit anchor", AuditAnchor.keep(settings.data(), database.jooq()));
      Optional<Demo> demo = settings.demo() ? Optional.of(seedDemo()) : Optional.empty();
      if (chainNodes.isPresent()) {
        chainNodes.get().await();
      }
      custody = given == null ? openCustody() : Optional.empty();
      Optional<Capital> capital =
          given == null ? custody.map(CustodyDesk::capital) : given.apply(this);
      front = new Front(this, parts, capital);
      if (demo.isPresent()) {
        demo.get().announce(address().toString(), outside(), System.out);
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts everything and returns when requests are answered.
   *
   * @throws StartFailed when another process has the data folder
   * @throws IOException when the data folder cannot be used
   */
  public static Venue start(Settings settings) throws IOException {
    return new Venue(settings, () -> new Engine(EngineSizing.standard()), null);
  }

  /**
   * As {@link #start(Settings)}, with another custody than the settings' own.
   *
   * @param custody called when engine and database are there, before requests are answered
   */
  static Venue start(Settings settings, Function<Venue, Optional<Capital>> custody)
      throws IOException {
    return new Venue(settings, () -> new Engine(EngineSizing.standard()), custody);
  }

  private Optional<CustodyDesk> openCustody() throws IOException {
    Optional<CustodyDesk> desk =
        CustodyDesk.open(
            settings.custody(),
            new CustodyDesk.Ground(
                settings.data(),
                settings.demo(),
                database,
                host,
                settings.feeValuationAsset(),
                chainNodes,
                secrets.derive("salts of the proofs of liabilities")));
    desk.ifPresent(opened -> started("custody", opened));
    return desk;
  }

  static HostConfig hostConfig(Settings settings, DataFolder folder) {
    HostConfig standard = HostConfig.standard(folder.journal());
    int segmentBytes = Math.multiplyExact(settings.journalSegmentMib(), 1 << 20);
    // A segment must hold everything in flight twice over, so a short one gets a short ring.
    int slots = standard.ringSlots();
    while (slots > RING_SLOTS_MIN && segmentBytes < JOURNAL_BYTES_PER_SLOT * slots) {
      slots /= 2;
    }
    return standard
        .withSegmentBytes(segmentBytes)
        .withRing(slots, standard.eventRingBytes())
        .withJournalLimitBytes((long) settings.journalLimitMib() << 20)
        .withProgress(progress -> LOG.info("replaying the journal: {}", progress));
  }

  /** A demo's embedded nodes also are the world outside, unless the operator has others. */
  private List<DemoNode> outside() {
    List<DemoNode> outside = new ArrayList<>();
    Set<ChainName> foreign = settings.custody().nodes().keySet();
    chainNodes.ifPresent(nodes -> {
      for (String coin : nodes.utxo().coins()) {
        if (foreign.contains(ChainName.valueOf(coin.toUpperCase(Locale.ROOT)))) {
          continue;
        }
        outside.add(
            new DemoNode(
                coin.toUpperCase(Locale.ROOT),
                nodes.utxo().url(coin),
                nodes.utxo().cookie(coin).toString(),
                ""));
      }
      String url = nodes.account().node().httpUrl();
      if (url != null && !foreign.contains(ChainName.ETH)) {
        String dollar = custody.flatMap(CustodyDesk::dollar).map(d -> "0x" + d).orElse("");
        outside.add(new DemoNode("ETH", url, "", dollar));
      }
    });
    return outside;
  }

  private Demo seedDemo() throws IOException {
    try {
      return started(
          "demo", Demo.seed(settings, database.jooq(), host.gateway(), host.readModel(), keys));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailed("interrupted while the demo was made", e);
    }
  }

  /** Where it serves, without a trailing slash. */
  public URI address() {
    return front.address();
  }

  /** Where browsers find it. */
  PublicOrigin publicOrigin() {
    return front.publicOrigin();
  }

  public Settings settings() {
    return settings;
  }

  public Database database() {
    return database;
  }

  /** The embedded nodes, if the operator did not switch them off. */
  public Optional<ChainNodes> chainNodes() {
    return chainNodes;
  }

  /** What several processes share, empty when the operator has set up none. */
  public Optional<Redis> redis() {
    return redis;
  }

  /** Where limits are shared between processes. */
  public Sharing sharing() {
    return sharing;
  }

  public EngineHost host() {
    return host;
  }

  public ApiKeys keys() {
    return keys;
  }

  public VenueControl control() {
    return control;
  }

  /** Custody of real coins, if there is any. */
  public Optional<CustodyDesk> custody() {
    return custody;
  }

  Users users() {
    return users;
  }

  SecretBox secrets() {
    return secrets;
  }

  /** Completes with the cause when the engine stopped by itself; the process must then end. */
  public CompletableFuture<Throwable> halted() {
    return host.halted();
  }

  /** Stops everything in the reverse order of its start; a failure of one part is logged. */
  @Override
  public void close() {
    stop();
  }

  /** As {@link #close()}; false when a part did not stop cleanly. */
  boolean stop() {
    return parts.stop();
  }

  private <T extends AutoCloseable> T started(String name, T part) {
    return parts.started(name, part);
  }
}
