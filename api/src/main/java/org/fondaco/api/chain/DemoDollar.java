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

/** A demo's USDT: the bundled contract, which behaves as Tether's does, on the embedded chain. */
public final class DemoDollar {
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** A billion, in six decimals; all of it is the developer's. */
  private static final BigInteger SUPPLY = BigInteger.TEN.pow(9 + 6);

  private DemoDollar() {}

  /**
   * Puts the contract on a chain whose node has an unlocked account.
   *
   * @param url JSON-RPC of the node
   * @return 40 digits in lower case
   * @throws IOException when the node refuses or does not mine
   */
  public static String deploy(String url) throws IOException {
    try (Remote node = Remote.open(url)) {
      String developer = node.call("eth_accounts", array()).path(0).asString();
      List<Object> arguments =
          List.of("Tether USD", "USDT", Address.parse(developer), SUPPLY);
      ObjectNode transaction = JsonMapper.shared().createObjectNode();
      transaction.put("from", developer);
      transaction.put("data", Hex.encode(Contract.TETHER.deployment(arguments)));
      String hash = node.call("eth_sendTransaction", array().add(transaction)).asString();
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (System.nanoTime() - deadline < 0) {
        JsonNode receipt = node.call("eth_getTransactionReceipt", array().add(hash));
        if (receipt.isObject()) {
          return receipt.path("contractAddress").asString().substring(2).toLowerCase(Locale.ROOT);
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
      throw new IOException("the demo's USDT " + hash + " is not mined");
    } catch (RemoteException e) {
      throw new IOException("the embedded node refuses the demo's USDT: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static ArrayNode array() {
    return JsonMapper.shared().createArrayNode();
  }
}
