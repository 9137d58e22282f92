package org.fondaco.chain.node;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import org.fondaco.chain.account.Accounts;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.mining.Miner;
import org.fondaco.chain.mining.MinerSettings;
import org.fondaco.chain.pool.PoolSettings;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.rpc.NetworkMethods;
import org.fondaco.chain.rpc.RpcConfig;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.RpcServer;
import org.fondaco.chain.rpc.eth.EthMethods;
import org.fondaco.chain.rpc.eth.EthSettings;
import org.fondaco.chain.rpc.json.TransactionJson;
import org.fondaco.chain.trace.DebugMethods;
import org.fondaco.chain.wallet.WalletMethods;
import org.jspecify.annotations.Nullable;

/**
 * A running node. It opens from the chain outwards and closes from the doors inwards, so that
 * nobody is answered by a part that is gone, and the chain closes when nothing writes any more.
 */
public final class Node implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.fondaco.chain.node");

  /** What is open, the last first. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private final NodeConfig config;
  private final Accounts accounts;
  private final Blockchain chain;
  private final TransactionPool pool;
  private final Miner miner;
  private final Mining mining;
  private final RpcServer server;

  private Node(NodeConfig config, Accounts accounts) throws IOException {
    this.config = config;
    this.accounts = accounts;
    open.push(accounts);
    try {
      OpenChain opened = chainOf(config);
      open.push(opened);
      chain = opened.chain();
      pool = TransactionPool.open(chain, poolSettings(config));
      open.push(pool);
      miner =
          Miner.open(chain, pool, MinerSettings.standard().withInstant(config.mining().instant()));
      open.push(miner);
      mining = new Mining(miner, accounts, chain);
      server = serve(opened);
      open.push(server);
      chain.listen(new HeadLog());
      startMining();
      announce();
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Opens a node and begins to serve.
   *
   * @param accounts its keys, which it closes in the end, whatever happens
   * @throws NodeException if the data folder does not fit, in words for the operator
   * @throws IOException if a port is taken or a file cannot be read or written
   */
  public static Node open(NodeConfig config, Accounts accounts) throws IOException {
    return new Node(config, accounts);
  }

  private static OpenChain chainOf(NodeConfig config) {
    Engines engines = new Engines(config.datasets(), true);
    NodeFolder folder = config.folder();
    if (folder == null) {
      if (config.genesis() == null) {
        throw new NodeException("a chain in memory needs a genesis");
      }
      return OpenChain.inMemory(config.genesis(), engines);
    }
    if (config.genesis() != null) {
      var _ = OpenChain.init(folder, config.genesis());
    }
    return OpenChain.open(folder, engines);
  }

  private static PoolSettings poolSettings(NodeConfig config) {
    PoolSettings settings = PoolSettings.standard();
    return config.folder() == null
        ? settings
        : settings.withJournal(config.folder().transactionJournal());
  }

  private RpcServer serve(OpenChain opened) throws IOException {
    Reach reach = new Reach();
    reach.opened(config.rpc());
    Methods methods = new Methods();
    Peers peers = new Peers();
    long chainId = chain.config().chainId();
    long networkId = config.networkId() == null ? chainId : config.networkId();
    NetworkMethods.register(methods, ClientVersion.TEXT, networkId, peers::connected);
    EthMethods eth = EthMethods.register(methods, EthSettings.DEFAULT, chain, pool, miner);
    open.push(eth);
    DebugMethods.register(methods, EthSettings.DEFAULT, chain, pool, miner);
    WalletMethods.register(
        methods,
        accounts,
        chain,
        pool,
        eth.sending()::send,
        TransactionJson::pending,
        () -> config.insecureUnlock() || !reach.isBeyondThisMachine());
    PoolMethods.register(methods, pool, TransactionJson::pending);
    MinerMethods.register(methods, mining, pool);
    AdminMethods admin =
        new AdminMethods(
            new AdminMethods.Identity(
                ClientVersion.TEXT,
                nodeKey(),
                config.port(),
                config.discovery(),
                networkId,
                opened.genesis().path("config"),
                config.folder() == null ? "" : config.folder().root().toString()),
            chain,
            miner,
            peers,
            reach);
    admin.register(methods);
    RpcServer opening = RpcServer.start(config.rpc(), methods);
    admin.serve(opening);
    return opening;
  }

  private NodeKey nodeKey() throws IOException {
    return config.folder() == null ? NodeKey.random() : NodeKey.open(config.folder().nodeKey());
  }

  private void startMining() {
    NodeConfig.Mining wanted = config.mining();
    if (wanted.coinbase() != null) {
      miner.setCoinbase(wanted.coinbase());
    }
    if (wanted.gasCeiling() > 0) {
      miner.setGasCeiling(wanted.gasCeiling());
    }
    if (wanted.extraData() != null) {
      miner.setExtraData(wanted.extraData());
    }
    if (wanted.start()) {
      try {
        mining.start(wanted.threads());
      } catch (RpcException e) {
        throw new NodeException(String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** Every address, so that nobody has to guess. */
  private void announce() {
    log("%s", ClientVersion.TEXT);
    log(
        "Chain id=%d seal=%s genesis=%s",
        chain.config().chainId(), chain.engine().name(), chain.genesis().hash());
    log(
        "Data folder %s",
        config.folder() == null ? "none: the chain is in memory" : config.folder().root());
    log(
        "Loaded most recent local block number=%d hash=%s",
        chain.head().number(), chain.head().hash());
    RpcConfig.Http http = config.rpc().http();
    if (http != null) {
      log(
          "HTTP server started endpoint=%s namespaces=%s cors=%s vhosts=%s",
          httpUrl(),
          sorted(http.namespaces()),
          sorted(http.corsOrigins()),
          sorted(http.virtualHosts()));
    }
    RpcConfig.WebSocket webSocket = config.rpc().webSocket();
    if (webSocket != null) {
      log(
          "WebSocket server started endpoint=%s namespaces=%s origins=%s",
          webSocketUrl(), sorted(webSocket.namespaces()), sorted(webSocket.origins()));
    }
    if (config.rpc().socket() != null) {
      log("IPC endpoint opened url=%s", config.rpc().socket());
    }
    log("This version connects with no peers: nothing listens on port %d", config.port());
  }

  private static String sorted(Set<String> words) {
    return String.join(",", new TreeSet<>(words));
  }

  private static void log(String format, @Nullable Object... arguments) {
    LOG.log(Level.INFO, () -> format.formatted(arguments));
  }

  public Accounts accounts() {
    return accounts;
  }

  public Blockchain chain() {
    return chain;
  }

  public TransactionPool pool() {
    return pool;
  }

  public Miner miner() {
    return miner;
  }

  /** Where HTTP is served; null while it is not. */
  public @Nullable String httpUrl() {
    RpcConfig.Http http = config.rpc().http();
    int port = server.httpPort();
    return http == null || port < 0 ? null : "http://" + http.host() + ":" + port;
  }

  /** Where WebSockets are served; null while they are not. */
  public @Nullable String webSocketUrl() {
    RpcConfig.WebSocket webSocket = config.rpc().webSocket();
    int port = server.webSocketPort();
    return webSocket == null || port < 0 ? null : "ws://" + webSocket.host() + ":" + port;
  }

  /** Closes everything; says what did not close well and goes on. */
  @Override
  public synchronized void close() {
    while (!open.isEmpty()) {
      AutoCloseable next = open.pop();
      try {
        next.close();
      } catch (Exception e) {
        LOG.log(Level.ERROR, next.getClass().getSimpleName() + " did not close well", e);
      }
    }
  }
}
