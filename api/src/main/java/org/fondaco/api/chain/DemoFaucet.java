package org.fondaco.api.chain;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.fondaco.chain.console.Remote;
import org.fondaco.chain.console.RemoteException;
import org.fondaco.chain.contract.Contract;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hex;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a demo needs on its own account chain before anybody comes: USDT, whose bundled contract
 * behaves as Tether's does, and ether for the fees of its custody.
 */
public final class DemoFaucet {
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** A billion, in six decimals; all of it is the developer's. */
  private static final BigInteger SUPPLY = BigInteger.TEN.pow(9 + 6);

  private DemoFaucet() {}

  /**
   * Puts the contract on a chain whose node has an unlocked account.
   *
   * @param url JSON-RPC of the node
   * @return 40 digits in lower case
   * @throws IOException when the node refuses or does not mine
   */
  public static String deployDollar(String url) throws IOException {
    return with(
        url,
        node -> {
          String developer = node.call("eth_accounts", array()).path(0).asString();
          List<Object> arguments = List.of("Tether USD", "USDT", Address.parse(developer), SUPPLY);
          ObjectNode transaction = JsonMapper.shared().createObjectNode();
          transaction.put("from", developer);
          transaction.put("data", Hex.encode(Contract.TETHER.deployment(arguments)));
          return mined(node, transaction)
              .path("contractAddress")
              .asString()
              .substring(2)
              .toLowerCase(Locale.ROOT);
        });
  }

  /**
   * Gives ether to an account that has none.
   *
   * @param address 0x and 40 digits
   * @throws IOException when the node refuses or does not mine
   */
  public static void fund(String url, String address, int ether) throws IOException {
    var _ =
        with(
            url,
            node -> {
              ArrayNode question = array().add(address).add("latest");
              if (!node.call("eth_getBalance", question).asString().equals("0x0")) {
                return false;
              }
              ObjectNode transaction = JsonMapper.shared().createObjectNode();
              transaction.put("from", node.call("eth_accounts", array()).path(0).asString());
              transaction.put("to", address);
              BigInteger wei = BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(ether));
              transaction.put("value", "0x" + wei.toString(16));
              var _ = mined(node, transaction);
              return true;
            });
  }

  /** What is done with a node. */
  private interface Use<T> {
    T of(Remote node) throws IOException, RemoteException, InterruptedException;
  }

  private static <T> T with(String url, Use<T> use) throws IOException {
    try (Remote node = Remote.open(url)) {
      return use.of(node);
    } catch (RemoteException e) {
      throw new IOException("the embedded node refuses the demo: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static JsonNode mined(Remote node, ObjectNode transaction)
      throws IOException, RemoteException, InterruptedException {
    String hash = node.call("eth_sendTransaction", array().add(transaction)).asString();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() - deadline < 0) {
      JsonNode receipt = node.call("eth_getTransactionReceipt", array().add(hash));
      if (receipt.isObject()) {
        return receipt;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    throw new IOException("the demo's transaction " + hash + " is not mined");
  }

  private static ArrayNode array() {
    return JsonMapper.shared().createArrayNode();
  }
}
