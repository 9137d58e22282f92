package org.fondaco.api;

import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.fondaco.api.account.AccountController;
import org.fondaco.api.admin.Admin;
import org.fondaco.api.admin.EngineState;
import org.fondaco.api.chain.ChainNodes;
import org.fondaco.api.config.Settings;
import org.fondaco.api.custody.CustodyDesk;
import org.fondaco.api.fee.FeeTiers;
import org.fondaco.api.feed.EventFeed;
import org.fondaco.api.http.ApiHandler;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Reception;
import org.fondaco.api.http.Routes;
import org.fondaco.api.http.Workers;
import org.fondaco.api.identity.People;
import org.fondaco.api.identity.Users;
import org.fondaco.api.liability.LiabilityPages;
import org.fondaco.api.limit.LimitClock;
import org.fondaco.api.limit.OrderCounts;
import org.fondaco.api.limit.RequestWeights;
import org.fondaco.api.limit.Sharing;
import org.fondaco.api.limit.UnfilledOrders;
import org.fondaco.api.market.ExecutionRules;
import org.fondaco.api.market.MarketController;
import org.fondaco.api.market.OtherMarkets;
import org.fondaco.api.operations.CustodyWatch;
import org.fondaco.api.operations.Health;
import org.fondaco.api.operations.Metrics;
import org.fondaco.api.operations.OperationsHandler;
import org.fondaco.api.past.Past;
import org.fondaco.api.projection.TapeHistory;
import org.fondaco.api.redis.Redis;
import org.fondaco.api.security.ApiKeys;
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
import org.fondaco.api.wallet.Capital;
import org.fondaco.api.wallet.Wallet;
import org.fondaco.api.wsapi.WebSocketApi;
import org.fondaco.db.Database;
import org.fondaco.engine.host.EngineHost;

/** What the venue shows: every endpoint and socket, wired in front of the parts that answer. */
final class Front {
  private static final int ANSWERING_THREADS = 2;

  private final Venue venue;
  private final Parts parts;
  private final Settings settings;
  private final Database database;
  private final Optional<Redis> redis;
  private final Sharing sharing;
  private final EngineHost host;
  private final ApiKeys keys;
  private final VenueControl control;
  private final Users users;
  private final Optional<ChainNodes> chainNodes;
  private final Optional<Capital> capital;
  private final URI address;
  private volatile int servedPort;

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

  /** Serves when it returns; what it starts is among the parts. */
  Front(Venue venue, Parts parts, Optional<Capital> capital) {
    this.capital = capital;
    this.venue = venue;
    this.parts = parts;
    settings = venue.settings();
    database = venue.database();
    redis = venue.redis();
    sharing = venue.sharing();
    host = venue.host();
    keys = venue.keys();
    control = venue.control();
    users = venue.users();
    chainNodes = venue.chainNodes();
    address = serve();
  }

  private URI serve() {
    ExecutorService waiting =
        parts.started("waiting threads", Executors.newVirtualThreadPerTaskExecutor());
    ExecutorService answering = parts.started("answering threads", answeringThreads());
    EventFeed feed = parts.started("feed", new EventFeed());
    Metrics metrics = parts.started("metrics", new Metrics());
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
    ListenKeys listenKeys = parts.started("listen keys", new ListenKeys(userData, keys));
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
    endpoints.addAll(
        new Wallet(host.readModel(), markets, keys, past, new Workers(waiting), capital)
            .endpoints());
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
    HttpServer.Parts served =
        new HttpServer.Parts(
            operations(metrics), sockets, handler, routes, reception, users, sessions, origin());
    HttpServer http =
        parts.started("http", HttpServer.start(settings.host(), settings.port(), served));
    // Stops before HTTP does, so that clients are told.
    parts.started("WebSockets", sockets);
    servedPort = http.port();
    return listening(servedPort).url();
  }

  /** Health and metrics, custody's too. */
  private OperationsHandler operations(Metrics metrics) {
    Optional<CustodyWatch> custody =
        venue.custody().map(desk -> new CustodyWatch(desk.custody(), database.jooq()));
    custody.ifPresent(metrics::watch);
    return new OperationsHandler(
        new Health(host, database, redis, chainNodes, custody, metrics),
        metrics,
        settings.metricsToken());
  }

  private PeopleSessions sessions() {
    SessionSettings wanted = settings.people().sessions();
    return redis
        .map(shared -> PeopleSessions.through(shared, wanted))
        .orElseGet(() -> PeopleSessions.inMemory(wanted));
  }

  private MarketStreams streams(EventFeed feed, Markets markets, Tape tape, ListenKeys listenKeys) {
    MarketStreams streams =
        parts.started(
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
        parts.started(
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
                venue.custody().map(CustodyDesk::custody),
                venue.custody().map(CustodyDesk::disclosures),
                workers)
            .endpoints());
    endpoints.addAll(
        new LiabilityPages(venue.custody().map(CustodyDesk::disclosures), workers).endpoints());
    endpoints.addAll(
        new People(
                database.jooq(),
                control,
                host.readModel(),
                users,
                keys,
                sessions,
                venue.secrets(),
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

  URI address() {
    return address;
  }

  PublicOrigin publicOrigin() {
    return settings.people().origin().orElseGet(() -> listening(servedPort));
  }
}
