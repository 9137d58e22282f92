package org.fondaco.chain.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.fondaco.chain.account.AccountException;
import org.fondaco.chain.account.Accounts;
import org.fondaco.chain.node.DevChain;
import org.fondaco.chain.node.Node;
import org.fondaco.chain.node.NodeConfig;
import org.fondaco.chain.node.NodeFolder;
import org.fondaco.chain.rpc.RpcConfig;
import org.fondaco.chain.word.Address;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}: a node until SIGTERM or Ctrl-C. */
@Command(
    name = "run",
    description = "Run the node until Ctrl-C",
    sortOptions = false,
    abbreviateSynopsis = true)
final class RunCommand implements Callable<Integer> {
  private static final System.Logger LOG = System.getLogger("org.fondaco.chain.command");

  /** The longest path that a local socket may have on Linux. */
  private static final int SOCKET_PATH_BYTES_MAX = 107;

  @Mixin DataDir data = new DataDir();
  @Mixin HttpFlags http = new HttpFlags();
  @Mixin MiningFlags mining = new MiningFlags();

  @Option(
      names = "--networkid",
      paramLabel = "N",
      description = "peers of another network are refused (default: the chain's id)")
  @Nullable Long networkId;

  @Option(
      names = "--nodiscover",
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      description = "do not look for peers")
  boolean noDiscovery;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "30303",
      description = "port of the peer-to-peer network (default: ${DEFAULT-VALUE})")
  int port;

  @Option(names = "--ipcpath", paramLabel = "FILE", description = "the local socket")
  @Nullable Path socket;

  @Option(
      names = "--ipcdisable",
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      description = "open no local socket")
  boolean noSocket;

  @Option(
      names = "--unlock",
      paramLabel = "ACCOUNT",
      split = ",",
      description = "accounts to unlock, by address or by number in the list")
  @Nullable List<String> unlock;

  @Option(names = "--password", paramLabel = "FILE", description = "their passwords, one a line")
  @Nullable Path passwordFile;

  @Option(
      names = "--allow-insecure-unlock",
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      description = "let accounts be unlocked although other machines reach the node")
  boolean insecureUnlock;

  @Option(
      names = "--dev",
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      description =
          "a chain that seals at once, with a funded and unlocked account; in memory unless"
              + " --datadir is given")
  boolean dev;

  @Option(
      names = "--verbosity",
      paramLabel = "0…5",
      defaultValue = "3",
      description = "0 silent, 1 errors, 2 warnings, 3 information, 4 debug, 5 all")
  int verbosity;

  @Override
  public Integer call() throws IOException, AccountException, InterruptedException {
    NodeLog.install(verbosity);
    HttpFlags.checkPort("--port", port);
    DevChain chain = dev ? DevChain.prepare(data.isGiven() ? data.folder() : null) : null;
    try {
      Accounts accounts =
          chain != null ? chain.accounts() : Accounts.open(data.keystore(), data.derivation());
      unlock(accounts);
      Node node = Node.open(config(accounts, chain), accounts);
      if (chain != null) {
        LOG.log(
            System.Logger.Level.INFO,
            "Developer account {0}: a billion ether, no password, unlocked; its key is {1}",
            chain.developer(),
            accounts.file(chain.developer()));
      }
      CountDownLatch closed = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    close(node, chain);
                    closed.countDown();
                    Runtime.getRuntime().halt(0); // asked for and done: no failure
                  },
                  "closing"));
      closed.await();
      return 0;
    } catch (IOException | RuntimeException e) {
      if (chain != null) {
        chain.close();
      }
      throw e;
    }
  }

  private static void close(Node node, @Nullable DevChain chain) {
    node.close();
    if (chain != null) {
      chain.close();
    }
  }

  private NodeConfig config(Accounts accounts, @Nullable DevChain chain) {
    Set<String> more = chain != null ? Set.of("evm", "txpool", "debug") : Set.of();
    NodeFolder folder = chain == null || data.isGiven() ? data.folder() : null;
    NodeConfig.Mining wanted = mining.mining(accounts);
    if (chain != null) {
      wanted =
          new NodeConfig.Mining(
              true,
              1,
              wanted.coinbase() != null ? wanted.coinbase() : chain.developer(),
              wanted.gasCeiling(),
              wanted.extraData(),
              wanted.instant());
    }
    return new NodeConfig(
        folder,
        chain != null ? chain.genesis() : null,
        networkId,
        mining.datasets(),
        new RpcConfig(
            http.http(more), http.webSocket(more), socket(folder), RpcConfig.Limits.DEFAULT),
        wanted,
        insecureUnlock,
        port,
        !noDiscovery);
  }

  private @Nullable Path socket(@Nullable NodeFolder folder) {
    Path path = socket != null || folder == null ? socket : folder.socket();
    if (noSocket || path == null) {
      return null;
    }
    path = path.toAbsolutePath();
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > SOCKET_PATH_BYTES_MAX) {
      throw new CommandFailed(
          "the local socket's path is longer than %d bytes: %s; --ipcpath names another"
              .formatted(SOCKET_PATH_BYTES_MAX, path));
    }
    return path;
  }

  private void unlock(Accounts accounts) throws AccountException {
    if (unlock == null) {
      return;
    }
    boolean reachable = http.isReachable();
    if (reachable && !insecureUnlock) {
      throw new CommandFailed("account unlock with HTTP access is forbidden");
    }
    Passwords passwords = Passwords.of(passwordFile);
    for (int i = 0; i < unlock.size(); i++) {
      Address address = AccountNames.resolve(accounts, unlock.get(i));
      char[] password = passwords.at(i, "Password of " + address + ": ");
      try {
        accounts.unlock(address, password, null);
      } finally {
        Arrays.fill(password, '\0');
      }
    }
  }
}
