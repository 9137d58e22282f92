package org.fondaco.custody.chain;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.fondaco.chain.mining.MinerSettings;
import org.fondaco.chain.node.DevChain;
import org.fondaco.chain.node.Node;
import org.fondaco.chain.node.NodeConfig;
import org.fondaco.chain.rpc.RpcConfig;
import org.fondaco.chain.utxo.node.UtxoNetwork;
import org.fondaco.chain.utxo.node.UtxoNode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A real node on a chain of its own: ours in this process, litecoind or anvil in another. Custody
 * reaches each by JSON-RPC over HTTP.
 */
public final class NodeUnderTest implements AutoCloseable {
  private static final String LOGIN = "test:deposits";
  private static final int SECONDS_TO_START = 60;

  private final NodeAddress address;
  private final JsonRpc rpc;
  private final AutoCloseable stop;

  private NodeUnderTest(String url, AutoCloseable stop) {
    this.address = NodeAddress.of(url, null);
    this.rpc = new HttpJsonRpc(address);
    this.stop = stop;
  }

  /** Our node of Bitcoin, Bitcoin Cash or Litecoin on its regression network. */
  public static NodeUnderTest ours(ChainName chain, Path folder) throws IOException {
    UtxoNode node =
        UtxoNode.open(
            new UtxoNode.Settings(
                UtxoNetwork.of(chain.name().toLowerCase(Locale.ROOT), "regtest"),
                folder,
                "127.0.0.1",
                0,
                LOGIN,
                1,
                true));
    return new NodeUnderTest("http://" + LOGIN + "@127.0.0.1:" + node.port(), node::close);
  }

  /** litecoind on its regression network, with a wallet. */
  public static NodeUnderTest litecoind(Path folder) throws IOException, InterruptedException {
    int port = freePort();
    NodeUnderTest node =
        started(
            "http://" + LOGIN + "@127.0.0.1:" + port,
            "getblockcount",
            List.of(
                "litecoind",
                "-regtest",
                "-datadir=" + folder,
                "-server",
                "-listen=0",
                "-connect=0",
                "-dnsseed=0",
                "-fallbackfee=0.0001",
                "-printtoconsole=0",
                "-rpcport=" + port,
                "-rpcuser=" + LOGIN.substring(0, LOGIN.indexOf(':')),
                "-rpcpassword=" + LOGIN.substring(LOGIN.indexOf(':') + 1)));
    node.call("createwallet", "till");
    return node;
  }

  /** Our node of the account chain, which mines when it is told. */
  public static NodeUnderTest ours() throws IOException {
    RpcConfig.Http http =
        new RpcConfig.Http(
            "127.0.0.1",
            0,
            Set.of("eth", "net", "web3", "personal", "miner", "evm"),
            Set.of("localhost"),
            Set.of());
    DevChain chain = DevChain.prepare(null);
    Node node =
        Node.open(
            new NodeConfig(
                null,
                chain.genesis(),
                7L,
                null,
                new RpcConfig(http, null, null, RpcConfig.Limits.DEFAULT),
                new NodeConfig.Mining(
                    false,
                    1,
                    chain.developer(),
                    0,
                    null,
                    new MinerSettings.Instant.OnTransaction(0)),
                false,
                30_303,
                false),
            chain.accounts());
    return new NodeUnderTest(
        String.valueOf(node.httpUrl()),
        () -> {
          node.close();
          chain.close();
        });
  }

  /** anvil, which mines when it is told. */
  public static NodeUnderTest anvil() throws IOException, InterruptedException {
    Anvil anvil = Anvil.start("--no-mining");
    return new NodeUnderTest(anvil.url(), anvil);
  }

  /**
   * Below the range that the kernel takes ports of outgoing connections from: nothing takes it
   * between a kill and the next start.
   */
  public static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // the next one
      }
    }
  }

  private static NodeUnderTest started(String url, String question, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Files.createTempFile("node", ".log").toFile())
            .start();
    NodeUnderTest node =
        new NodeUnderTest(
            url,
            () -> {
              process.destroyForcibly();
              process.waitFor();
            });
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
    while (true) {
      try {
        node.call(question);
        return node;
      } catch (NodeUnavailable | RpcError e) {
        if (System.nanoTime() > deadline || process.waitFor(50, TimeUnit.MILLISECONDS)) {
          throw e;
        }
      }
    }
  }

  public CoreNode core() {
    return new CoreRpc(address);
  }

  public EvmNode evm() {
    return new EvmRpc(address);
  }

  public JsonNode call(String method, @Nullable Object... params) {
    return rpc.call(method, params);
  }

  public String text(String method, @Nullable Object... params) {
    return call(method, params).stringValue();
  }

  @Override
  public void close() throws Exception {
    stop.close();
  }
}
