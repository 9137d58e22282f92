package org.fondaco.chain.node;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.mining.Miner;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcConfig;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.RpcMethod;
import org.fondaco.chain.rpc.RpcServer;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code admin_*}: what the operator of the node asks and tells it. */
final class AdminMethods {
  private static final System.Logger LOG = System.getLogger("org.fondaco.chain.node");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNode TRUE = JSON.getNodeFactory().booleanNode(true);
  private static final int SLEEP_SECONDS_MAX = 24 * 60 * 60;

  private final Identity identity;
  private final Blockchain chain;
  private final Miner miner;
  private final Peers peers;
  private final Reach reach;
  private volatile @Nullable RpcServer server;

  /**
   * What the node says of itself.
   *
   * @param name client name and version
   * @param port of the peer-to-peer network
   * @param discovery whether discovery was not switched off
   * @param genesisConfig the {@code config} of genesis.json
   * @param dataDir as {@code admin_datadir} gives it; empty in memory
   */
  record Identity(
      String name,
      NodeKey key,
      int port,
      boolean discovery,
      long networkId,
      JsonNode genesisConfig,
      String dataDir) {}

  AdminMethods(Identity identity, Blockchain chain, Miner miner, Peers peers, Reach reach) {
    this.identity = identity;
    this.chain = chain;
    this.miner = miner;
    this.peers = peers;
    this.reach = reach;
  }

  /** The doors that {@code admin_startHTTP} and its like open; they need the methods first. */
  void serve(RpcServer opened) {
    server = opened;
  }

  void register(Methods methods) {
    methods.add("admin_nodeInfo", (parameters, caller) -> nodeInfo());
    methods.add("admin_peers", (parameters, caller) -> JSON.createArrayNode());
    methods.add("admin_addPeer", (parameters, caller) -> addPeer(parameters.text(0)));
    methods.add("admin_removePeer", (parameters, caller) -> removePeer(parameters.text(0)));
    methods.add(
        "admin_datadir",
        (parameters, caller) -> JSON.getNodeFactory().stringNode(identity.dataDir));
    methods.add("admin_sleepBlocks", this::sleepBlocks);
    methods.add("admin_exportChain", (parameters, caller) -> exportChain(parameters));
    methods.add("admin_importChain", (parameters, caller) -> importChain(parameters));
    for (String name : new String[] {"admin_startHTTP", "admin_startRPC"}) {
      methods.add(name, (parameters, caller) -> startHttp(parameters));
    }
    for (String name : new String[] {"admin_stopHTTP", "admin_stopRPC"}) {
      methods.add(name, (parameters, caller) -> bool(doors().stopHttp()));
    }
    methods.add("admin_startWS", (parameters, caller) -> startWebSocket(parameters));
    methods.add("admin_stopWS", (parameters, caller) -> bool(doors().stopWebSocket()));
  }

  private ObjectNode nodeInfo() {
    ObjectNode info = JSON.createObjectNode();
    info.put("id", identity.key.id());
    info.put("name", identity.name);
    info.put("enode", identity.key.enode(identity.port, identity.discovery));
    info.put("enr", identity.key.record(identity.port));
    info.put("ip", "127.0.0.1");
    info.putObject("ports")
        .put("discovery", identity.discovery ? identity.port : 0)
        .put("listener", identity.port);
    info.put("listenAddr", "[::]:" + identity.port);
    ObjectNode eth = info.putObject("protocols").putObject("eth");
    var head = chain.head().hash();
    U256 total = chain.totalDifficulty(head);
    eth.put("network", identity.networkId);
    eth.put("difficulty", total == null ? null : total.toBigInteger());
    eth.put("genesis", chain.genesis().hash().toString());
    eth.set("config", identity.genesisConfig);
    eth.put("head", head.toString());
    return info;
  }

  private JsonNode addPeer(String enode) throws RpcException {
    try {
      peers.want(enode);
    } catch (IllegalArgumentException e) {
      throw RpcException.server(String.valueOf(e.getMessage()));
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "remembered as a static peer, but this version connects with none: {0}",
        enode);
    return TRUE;
  }

  private JsonNode removePeer(String enode) throws RpcException {
    try {
      peers.forget(enode);
      return TRUE;
    } catch (IllegalArgumentException e) {
      throw RpcException.server(String.valueOf(e.getMessage()));
    }
  }

  private JsonNode sleepBlocks(Parameters parameters, RpcMethod.Caller caller) throws RpcException {
    int blocks = number(parameters, 0, 1, 1, Integer.MAX_VALUE);
    int seconds = number(parameters, 1, SLEEP_SECONDS_MAX, 0, SLEEP_SECONDS_MAX);
    long nanos =
        Math.min(Duration.ofSeconds(seconds).toNanos(), caller.deadlineNanos() - System.nanoTime());
    try {
      return bool(miner.sleepBlocks(blocks, Duration.ofNanos(Math.max(0, nanos))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RpcException.server("the node is closing");
    }
  }

  private JsonNode exportChain(Parameters parameters) throws RpcException {
    Path file = path(parameters);
    long head = chain.head().number();
    long first = number(parameters, 1, 0, 0, Integer.MAX_VALUE);
    long last = parameters.optional(2) == null ? head : number(parameters, 2, 0, 0, (int) head);
    try {
      ChainFile.export(chain, file, first, last);
      return TRUE;
    } catch (FileAlreadyExistsException e) {
      throw RpcException.server("location would overwrite an existing file");
    } catch (IOException | IllegalArgumentException e) {
      throw RpcException.server(String.valueOf(e.getMessage()));
    }
  }

  private JsonNode importChain(Parameters parameters) throws RpcException {
    try {
      var _ = ChainFile.importFrom(chain, path(parameters));
      return TRUE;
    } catch (IOException e) {
      throw RpcException.server(String.valueOf(e.getMessage()));
    }
  }

  private static Path path(Parameters parameters) throws RpcException {
    try {
      return Path.of(parameters.text(0));
    } catch (InvalidPathException e) {
      throw RpcException.invalidParams("invalid argument 0: not a path");
    }
  }

  /** Geth's order: host, port, CORS origins, namespaces, virtual hosts. */
  private JsonNode startHttp(Parameters parameters) throws RpcException {
    String host = parameters.optional(0) == null ? "127.0.0.1" : parameters.text(0);
    int port = number(parameters, 1, 8545, 0, 65_535);
    RpcConfig.Http config =
        new RpcConfig.Http(
            host,
            port,
            words(parameters, 3, RpcConfig.DEFAULT_NAMESPACES),
            words(parameters, 4, Set.of("localhost")),
            words(parameters, 2, Set.of()));
    try {
      doors().startHttp(config);
      reach.opened(host);
      return TRUE;
    } catch (IOException e) {
      throw RpcException.server(String.valueOf(e.getMessage()));
    }
  }

  /** Geth's order: host, port, origins, namespaces. */
  private JsonNode startWebSocket(Parameters parameters) throws RpcException {
    String host = parameters.optional(0) == null ? "127.0.0.1" : parameters.text(0);
    int port = number(parameters, 1, 8546, 0, 65_535);
    RpcConfig.WebSocket config =
        new RpcConfig.WebSocket(
            host,
            port,
            words(parameters, 3, RpcConfig.DEFAULT_NAMESPACES),
            words(parameters, 2, Set.of()));
    try {
      doors().startWebSocket(config);
      reach.opened(host);
      return TRUE;
    } catch (IOException e) {
      throw RpcException.server(String.valueOf(e.getMessage()));
    }
  }

  private RpcServer doors() throws RpcException {
    RpcServer opened = server;
    if (opened == null) {
      throw RpcException.server("the node is starting");
    }
    return opened;
  }

  private static Set<String> words(Parameters parameters, int index, Set<String> otherwise)
      throws RpcException {
    if (parameters.optional(index) == null) {
      return otherwise;
    }
    return Arrays.stream(parameters.text(index).split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static int number(Parameters parameters, int index, int otherwise, int min, int max)
      throws RpcException {
    JsonNode node = parameters.optional(index);
    if (node == null) {
      return otherwise;
    }
    if (!node.isIntegralNumber()
        || !node.canConvertToInt()
        || node.asInt() < min
        || node.asInt() > max) {
      throw RpcException.invalidParams(
          "invalid argument " + index + ": a number from " + min + " to " + max);
    }
    return node.asInt();
  }

  private static JsonNode bool(boolean value) {
    return JSON.getNodeFactory().booleanNode(value);
  }
}
