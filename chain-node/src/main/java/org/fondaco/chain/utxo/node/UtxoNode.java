package org.fondaco.chain.utxo.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fondaco.chain.store.PrivateFolder;
import org.fondaco.chain.store.RocksStore;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.mempool.MempoolFile;
import org.fondaco.chain.utxo.mempool.MempoolPolicy;
import org.fondaco.chain.utxo.mining.LocalMiner;
import org.fondaco.chain.utxo.mining.UtxoMiner;
import org.fondaco.chain.utxo.rpc.CoreRpc;
import org.fondaco.chain.utxo.rpc.CoreServer;
import org.fondaco.chain.utxo.wallet.UtxoWallet;
import org.fondaco.chain.utxo.wallet.Wallets;
import org.jspecify.annotations.Nullable;

/** A node that runs: chain and pool of a folder, a miner that rests, and JSON-RPC. */
public final class UtxoNode implements AutoCloseable {
  private static final int COOKIE_BYTES = 32;
  private static final String COOKIE_USER = "__cookie__";

  private final Path folder;
  private final UtxoChain chain;
  private final Mempool pool;
  private final Wallets wallets;
  private final UtxoMiner miner;
  private final CoreServer server;
  private final AddressFormat addresses;
  private final InstantSource clock = InstantSource.system();
  private volatile @Nullable LocalMiner local;
  private final CountDownLatch stopAsked = new CountDownLatch(1);

  /**
   * How a node runs.
   *
   * @param folder of its own; made if it is not there
   * @param host that JSON-RPC listens on
   * @param port 0 for any that is free
   * @param credential {@code user:password} beside the cookie; null for none
   * @param minerThreads from 1
   * @param stoppable whether {@code stop} may be called; a node that is part of something may not
   */
  public record Settings(
      UtxoNetwork network,
      Path folder,
      String host,
      int port,
      @Nullable String credential,
      int minerThreads,
      boolean stoppable) {}

  private UtxoNode(Settings settings, UtxoChain chain) throws IOException {
    Consensus consensus = chain.consensus();
    folder = settings.folder;
    this.chain = chain;
    pool = new Mempool(chain, policy(consensus.coin()), clock);
    MempoolFile.load(poolFile(), pool, consensus.hasWitness());
    addresses = settings.network.profile().addresses();
    wallets = Wallets.open(folder, chain, pool, addresses, clock);
    miner = new UtxoMiner(chain, pool, clock, settings.minerThreads);
    List<String> credentials = new ArrayList<>(List.of(writeCookie()));
    if (settings.credential != null) {
      credentials.add(settings.credential);
    }
    try {
      server =
          CoreRpc.start(
              new CoreRpc.Node(
                  chain,
                  pool,
                  miner,
                  wallets,
                  addresses,
                  clock,
                  settings.stoppable ? stopAsked::countDown : null),
              settings.host,
              settings.port,
              credentials);
    } catch (IOException | RuntimeException e) {
      wallets.close();
      throw e;
    }
    try {
      Files.writeString(portFile(folder), Integer.toString(server.port()));
    } catch (IOException | RuntimeException e) {
      server.close();
      miner.close();
      wallets.close();
      throw e;
    }
  }

  /**
   * Mines by itself from now on, to the node's own wallet; to be called once. A node mines only
   * when it is asked before.
   */
  public void mineLocally(LocalMiner.Settings wanted) {
    byte[] faucet = Faucet.script(wallets.own(), addresses);
    local = LocalMiner.start(chain, pool, miner, () -> faucet, wanted, clock);
  }

  /**
   * Opens the folder and serves.
   *
   * @throws IOException if the port is taken or the folder cannot be written
   * @throws org.fondaco.chain.store.StoreException if the folder is another network's, in use, or
   *     damaged
   */
  public static UtxoNode open(Settings settings) throws IOException {
    return open(settings, false);
  }

  /**
   * Opens the folder and serves.
   *
   * @param reindex whether to make everything but the blocks again from the blocks first
   * @throws IOException if the port is taken or the folder cannot be written
   * @throws org.fondaco.chain.store.StoreException if the folder is another network's, in use, or
   *     damaged
   */
  public static UtxoNode open(Settings settings, boolean reindex) throws IOException {
    PrivateFolder.create(settings.folder);
    UtxoChain chain = chain(settings, reindex);
    try {
      return new UtxoNode(settings, chain);
    } catch (IOException | RuntimeException e) {
      chain.close();
      throw e;
    }
  }

  private static UtxoChain chain(Settings settings, boolean reindex) {
    RocksStore store = RocksStore.open(settings.folder.resolve("chainstate"));
    try {
      return UtxoChain.open(store, settings.network.consensus(), InstantSource.system(), reindex);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static MempoolPolicy policy(Consensus.Coin coin) {
    return switch (coin) {
      case BTC, SIX -> MempoolPolicy.BITCOIN;
      case BCH -> MempoolPolicy.CASH;
      case LTC -> MempoolPolicy.LITECOIN;
    };
  }

  private Path poolFile() {
    return folder.resolve("mempool.dat");
  }

  /** The file that lets whoever may read the folder call the node, as in Bitcoin Core. */
  public static Path cookieFile(Path folder) {
    return folder.resolve(".cookie");
  }

  /** The file that tells a caller on this machine the port of JSON-RPC. */
  static Path portFile(Path folder) {
    return folder.resolve(".rpcport");
  }

  private String writeCookie() throws IOException {
    byte[] secret = new byte[COOKIE_BYTES];
    new SecureRandom().nextBytes(secret);
    String cookie = COOKIE_USER + ":" + HexFormat.of().formatHex(secret);
    Path file = cookieFile(folder);
    Path made = folder.resolve(".cookie.new");
    Files.deleteIfExists(made);
    Files.createFile(
        made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(made, cookie.getBytes(StandardCharsets.UTF_8));
    Files.move(made, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return cookie;
  }

  public UtxoChain chain() {
    return chain;
  }

  public Mempool pool() {
    return pool;
  }

  public UtxoMiner miner() {
    return miner;
  }

  /** The wallet to play with that every node has; to mine to its addresses, say. */
  public UtxoWallet wallet() {
    return wallets.own();
  }

  /** What mines by itself; null if nothing does. */
  public @Nullable LocalMiner localMiner() {
    return local;
  }

  /** TCP port of JSON-RPC. */
  public int port() {
    return server.port();
  }

  /** Waits until someone calls {@code stop}; false when the time is over. */
  public boolean awaitStop(long time, TimeUnit unit) throws InterruptedException {
    return stopAsked.await(time, unit);
  }

  /** Shuts the doors first, then keeps the pool, then the chain. */
  @Override
  public void close() {
    server.close();
    LocalMiner mining = local;
    if (mining != null) {
      mining.close();
    }
    miner.close();
    wallets.close();
    try {
      MempoolFile.save(pool, poolFile());
      Files.deleteIfExists(cookieFile(folder));
      Files.deleteIfExists(portFile(folder));
    } catch (IOException e) {
      System.getLogger(UtxoNode.class.getName())
          .log(System.Logger.Level.WARNING, "the pool could not be kept", e);
    }
    chain.close();
  }
}
