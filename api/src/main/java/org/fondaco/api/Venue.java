package org.fondaco.api;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.fondaco.api.account.AccountController;
import org.fondaco.api.admin.Admin;
import org.fondaco.api.admin.EngineState;
import org.fondaco.api.audit.AuditAnchor;
import org.fondaco.api.chain.ChainNodes;
import org.fondaco.api.config.Settings;
import org.fondaco.api.demo.Demo;
import org.fondaco.api.fee.FeeTiers;
import org.fondaco.api.feed.EventFeed;
import org.fondaco.api.http.ApiHandler;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Reception;
import org.fondaco.api.http.Routes;
import org.fondaco.api.http.Workers;
import org.fondaco.api.identity.People;
import org.fondaco.api.identity.Users;
import org.fondaco.api.limit.LimitClock;
import org.fondaco.api.limit.OrderCounts;
import org.fondaco.api.limit.RequestWeights;
import org.fondaco.api.limit.Sharing;
import org.fondaco.api.limit.UnfilledOrders;
import org.fondaco.api.market.ExecutionRules;
import org.fondaco.api.market.MarketController;
import org.fondaco.api.market.OtherMarkets;
import org.fondaco.api.operations.Health;
import org.fondaco.api.operations.Metrics;
import org.fondaco.api.operations.OperationsHandler;
import org.fondaco.api.past.Past;
import org.fondaco.api.projection.Projector;
import org.fondaco.api.projection.TapeHistory;
import org.fondaco.api.redis.Redis;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.SecretBox;
import org.fondaco.api.session.PeopleSessions;
import org.fondaco.api.session.PublicOrigin;
import org.fondaco.api.session.SessionSettings;
import org.fondaco.api.socket.SocketRoute;
import org.fondaco.api.socket.Sockets;
import org.fondaco.api.stream.MarketStreams;
import org.fondaco.api.symbol.Markets;
import org.fondaco.api.tape.Tape;
import org.fondaco.api.trading.Trading;
import org.fondaco.api.userdata.ListenKeys;
import org.fondaco.api.userdata.UserData;
import org.fondaco.api.venue.VenueControl;
import org.fondaco.api.wallet.Wallet;
import org.fondaco.api.wsapi.WebSocketApi;
import org.fondaco.db.Database;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.fondaco.engine.core.StateMachine;
import org.fondaco.engine.host.EngineHost;
import org.fondaco.engine.host.HostConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running venue: every part, started in the order in which each needs the one before, stopped in
 * reverse: HTTP stops taking, the engine drains, the database stops.
 */
public final class Venue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Venue.class);
  private static final int ANSWERING_THREADS = 2;
  private static final int RING_SLOTS_MIN = 1 << 10;
  private static final int JOURNAL_BYTES_PER_SLOT = 2 * 320;

  private final Settings settings;
  private final Deque<Part> parts = new ArrayDeque<>();
  private final Optional<ChainNodes> chainNodes;
  private final Database database;
  private final Optional<Redis> redis;
  private final Sharing sharing;
  private final EngineHost host;
  private final ApiKeys keys;
  private final VenueControl control;
  private final Users users;
  private final SecretBox secrets;
  private final URI address;
  private volatile int servedPort;

  private record Part(String name, AutoCloseable closing) {}

  private record HostState(EngineHost host) implements EngineState {
    @Override
    public long journalBytes() {
      return host.journalBytes();
    }

    @Override
    public boolean halted() {
      return host.halted().isDone();
    }
  }

  private Venue(Settings settings, Supplier<StateMachine> machines) throws IOException {
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
      address = serve();
      if (chainNodes.isPresent()) {
        chainNodes.get().await();
      }
      if (demo.isPresent()) {
        demo.get().announce(address.toString(), System.out);
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
    return new Venue(settings, () -> new Engine(EngineSizing.standard()));
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

  private Demo seedDemo() throws IOException {
    try {
      return started(
          "demo", Demo.seed(settings, database.jooq(), host.gateway(), host.readModel(), keys));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailed("interrupted while the demo was made", e);
    }
  }

  private URI serve() {
    ExecutorService waiting =
        started("waiting threads", Executors.newVirtualThreadPerTaskExecutor());
    ExecutorService answering = started("answering threads", answeringThreads());
    EventFeed feed = started("feed", new EventFeed());
    Metrics metrics = started("metrics", new Metrics());
    OrderCounts orderCounts = new OrderCounts(settings.limits(), LimitClock.SYSTEM, sharing);
    feed.subscribe(new UnfilledOrders(orderCounts, host.readModel()));
    metrics.watch(host);
    chainNodes.ifPresent(metrics::watch);
    metrics.watch(feed, host);
    host.listen(feed);
    TapeHistory tapeHistory = new TapeHistory(database.jooq());
    Tape tape = new Tape(host.readModel(), tapeHistory);
    feed.subscribe(tape);
    Markets markets = new Markets(host.readModel());
    Past past = new Past(database.jooq(), host.readModel(), waiting);
    UserData userData = new UserData(host.readModel(), markets, past, keys);
    feed.subscribe(userData);
    ListenKeys listenKeys = started("listen keys", new ListenKeys(userData, keys));
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.addAll(
        new MarketController(markets, host.readModel(), past, tape, tapeHistory, settings.limits())
            .endpoints());
    endpoints.addAll(OtherMarkets.endpoints());
    endpoints.addAll(new ExecutionRules(markets).endpoints());
    endpoints.addAll(
        new Trading(
                host.gateway(), host.readModel(), markets, past, orderCounts, userData, answering)
            .endpoints());
    endpoints.addAll(new AccountController(host.readModel(), markets, past).endpoints());
    endpoints.addAll(new Wallet(host.readModel(), markets, keys, past).endpoints());
    PeopleSessions sessions = sessions();
    endpoints.addAll(own(markets, new Workers(waiting), sessions));
    endpoints.addAll(listenKeys.endpoints());
    Routes routes = new Routes(endpoints);
    Reception reception = new Reception(requestWeights(), users, metrics.requests());
    ApiHandler handler = new ApiHandler(routes, keys, settings.clients(), reception);
    MarketStreams streams = streams(feed, markets, tape, listenKeys);
    Sockets sockets =
        sockets(streams, new WebSocketApi(routes, reception, keys, userData, settings.limits()));
    metrics.watch(sockets.counters());
    OperationsHandler operations =
        new OperationsHandler(
            new Health(host, database, redis, chainNodes, metrics),
            metrics,
            settings.metricsToken());
    HttpServer.Parts parts =
        new HttpServer.Parts(
            operations, sockets, handler, routes, reception, users, sessions, origin());
    HttpServer http = started("http", HttpServer.start(settings.host(), settings.port(), parts));
    // Stops before HTTP does, so that clients are told.
    started("WebSockets", sockets);
    servedPort = http.port();
    return listening(servedPort).url();
  }

  private PeopleSessions sessions() {
    SessionSettings wanted = settings.people().sessions();
    return redis
        .map(shared -> PeopleSessions.through(shared, wanted))
        .orElseGet(() -> PeopleSessions.inMemory(wanted));
  }

  private MarketStreams streams(EventFeed feed, Markets markets, Tape tape, ListenKeys listenKeys) {
    MarketStreams streams =
        started(
            "streams", new MarketStreams(markets, host.readModel(), tape, listenKeys::subscribe));
    tape.listen(streams);
    feed.subscribe(streams);
    return streams;
  }

  private Sockets sockets(MarketStreams streams, WebSocketApi webSocketApi) {
    return new Sockets(
        settings.sockets(),
        settings.clients(),
        List.of(
            new SocketRoute(WebSocketApi.PATH, false, false, webSocketApi),
            new SocketRoute("/ws", true, true, streams),
            new SocketRoute("/stream", false, true, streams)));
  }

  private static ExecutorService answeringThreads() {
    return Executors.newFixedThreadPool(
        ANSWERING_THREADS, Thread.ofPlatform().name("answering-", 0).daemon().factory());
  }

  private RequestWeights requestWeights() {
    return new RequestWeights(settings.limits(), LimitClock.SYSTEM, sharing);
  }

  /** The venue's own REST. */
  private List<Endpoint> own(Markets markets, Workers workers, PeopleSessions sessions) {
    FeeTiers feeTiers =
        started(
            "fee tiers",
            new FeeTiers(
                database.jooq(),
                control,
                host.readModel(),
                settings.feeValuationAsset(),
                InstantSource.system()));
    feeTiers.start();
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.addAll(
        new Admin(
                control,
                host.readModel(),
                markets,
                database.jooq(),
                new HostState(host),
                users,
                feeTiers,
                settings.people().approval(),
                workers)
            .endpoints());
    endpoints.addAll(
        new People(
                database.jooq(),
                control,
                host.readModel(),
                users,
                keys,
                sessions,
                secrets,
                workers,
                settings.people().identity(),
                sharing,
                this::publicOrigin)
            .endpoints());
    return endpoints;
  }

  private PublicOrigin origin() {
    return settings.people().origin().orElseGet(() -> listening(settings.port()));
  }

  private PublicOrigin listening(int port) {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return new PublicOrigin(URI.create("http://" + host + ":" + port));
  }

  /** Where it serves, without a trailing slash. */
  public URI address() {
    return address;
  }

  /** Where browsers find it. */
  PublicOrigin publicOrigin() {
    return settings.people().origin().orElseGet(() -> listening(servedPort));
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

  private <T extends AutoCloseable> T started(String name, T part) {
    parts.push(new Part(name, part));
    return part;
  }
}
