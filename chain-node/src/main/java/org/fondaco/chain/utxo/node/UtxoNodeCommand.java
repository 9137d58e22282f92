package org.fondaco.chain.utxo.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.fondaco.chain.store.StoreException;
import org.fondaco.chain.utxo.mining.LocalMiner;
import org.fondaco.chain.utxo.notify.NotificationDoor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fondaco node --chain btc|bch|ltc|sixhash}: runs a node until Ctrl-C or {@code stop}. */
@Command(
    name = "fondaco node --chain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "A full node of a UTXO chain, with Bitcoin Core's JSON-RPC.",
    footer = "Exit codes: 0 stopped, 1 it could not run and standard error says why, 2 usage.")
public final class UtxoNodeCommand implements Callable<Integer> {
  private static final long LOOK_SECONDS = 3_600;

  @Option(names = "--chain", required = true, description = "btc, bch, ltc or sixhash")
  String coin = "btc";

  @Option(
      names = "--network",
      defaultValue = "regtest",
      description = "regtest, or main without peers (default: ${DEFAULT-VALUE})")
  String network = "regtest";

  @Option(
      names = "--datadir",
      description = "the node's own folder (default: ~/.fondaco/<chain>-<network>)")
  @Nullable Path folder;

  @Option(
      names = "--rpcbind",
      defaultValue = "127.0.0.1",
      description = "host that JSON-RPC listens on (default: ${DEFAULT-VALUE})")
  String host = "127.0.0.1";

  @Option(names = "--rpcport", description = "port of JSON-RPC (default: the network's)")
  @Nullable Integer port;

  @Option(names = "--rpcuser", description = "beside the cookie; needs --rpcpassword")
  @Nullable String user;

  @Option(
      names = "--rpcpassword",
      defaultValue = "${env:FONDACO_NODE_RPCPASSWORD}",
      description = "its password (or FONDACO_NODE_RPCPASSWORD)")
  @Nullable String password;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "threads that mine (default: ${DEFAULT-VALUE})")
  int threads = 1;

  @Option(
      names = "--reindex",
      description = "make the unspent outputs and all indexes again from the stored blocks")
  boolean reindex;

  @Option(
      names = "--dev",
      description = "mine by itself: 110 blocks to the wallet, then one for a reason")
  boolean dev;

  @Option(
      names = "--dev.depth",
      defaultValue = "6",
      description =
          "blocks on top of one with transactions, one a second (default: ${DEFAULT-VALUE})")
  int depth = 6;

  /** Held here, because the log manager forgets loggers that nobody holds. */
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  public static void main(String[] arguments) {
    JETTY.setLevel(Level.WARNING);
    System.exit(new CommandLine(new UtxoNodeCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      UtxoNetwork chosen = UtxoNetwork.of(coin, network);
      if (threads < 1 || user != null && password == null) {
        throw new IllegalArgumentException(
            threads < 1 ? "--threads is at least 1" : "--rpcuser needs --rpcpassword");
      }
      if (dev && !network.equals("regtest") || depth < 1) {
        throw new IllegalArgumentException(
            depth < 1 ? "--dev.depth is at least 1" : "--dev is for regtest");
      }
      run(chosen);
      return 0;
    } catch (IOException | StoreException | IllegalArgumentException e) {
      System.err.println("fondaco: " + e.getMessage());
      return 1;
    }
  }

  private void run(UtxoNetwork chosen) throws IOException, InterruptedException {
    Path own = folder(folder, coin, network);
    if (reindex) {
      System.out.println("connecting all stored blocks again");
    }
    UtxoNode node =
        UtxoNode.open(
            new UtxoNode.Settings(
                chosen,
                own,
                host,
                port == null ? chosen.profile().rpcPort() : port,
                user == null ? null : user + ":" + password,
                threads,
                true),
            reindex);
    if (dev) {
      node.mineLocally(new LocalMiner.Settings(LocalMiner.FIRST_BLOCKS, depth));
    }
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  node.close();
                  System.out.flush();
                  Runtime.getRuntime().halt(0); // asked for and done: no failure
                },
                "closing"));
    System.out.printf(
        "%s %s, block %d%nfolder        %s%nJSON-RPC      http://%s:%d, cookie %s%n"
            + "notifications ws://%s:%d%s?topics=hashblock,sequence%n",
        coin,
        network,
        node.chain().tip().height(),
        own,
        host,
        node.port(),
        UtxoNode.cookieFile(own),
        host,
        node.port(),
        NotificationDoor.PATH);
    while (!node.awaitStop(LOOK_SECONDS, TimeUnit.SECONDS)) {
      System.out.printf("block %d%n", node.chain().tip().height());
    }
  }

  static Path folder(@Nullable Path given, String coin, String network) {
    return given != null
        ? given.toAbsolutePath().normalize()
        : Path.of(System.getProperty("user.home"), ".fondaco", coin + "-" + network);
  }
}
