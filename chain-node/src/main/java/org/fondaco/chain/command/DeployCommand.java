package org.fondaco.chain.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.fondaco.chain.console.Remote;
import org.fondaco.chain.console.RemoteException;
import org.fondaco.chain.contract.Contract;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hex;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code deploy}: puts the bundled contracts on a development chain, through a node that runs. */
@Command(
    name = "deploy",
    description = {
      "Put the bundled contracts on a development chain: Dollar, Tether, Collectible, Editions.",
      "An unlocked account of the node pays, as the one of run --dev."
    },
    sortOptions = false)
final class DeployCommand implements Callable<Integer> {
  private static final long MAIN_NETWORK = 1;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** A billion, in six decimals. */
  private static final BigInteger SUPPLY = BigInteger.TEN.pow(9 + 6);

  /** Five percent. */
  private static final BigInteger ROYALTY_BASIS_POINTS = BigInteger.valueOf(500);

  @Spec @Nullable CommandSpec spec;
  @Mixin DataDir data = new DataDir();

  @Parameters(paramLabel = "CONTRACT", arity = "0..*", description = "which ones (default: all)")
  List<String> names = List.of();

  @Option(
      names = "--rpc",
      paramLabel = "ENDPOINT",
      description = "http://…, ws://… or a socket's path (default: the data folder's socket)")
  @Nullable String endpoint;

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "who pays; an unlocked account of the node (default: its first)")
  @Nullable String from;

  @Option(
      names = "--owner",
      paramLabel = "ADDRESS",
      description = "who owns the contracts and their first supply (default: who pays)")
  @Nullable String owner;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "how long to wait until they are mined (default: ${DEFAULT-VALUE})")
  int timeoutSeconds;

  @Option(names = "--json", description = "print an array of JSON instead of a table")
  boolean json;

  /** A contract on the chain. */
  private record Deployed(Contract contract, JsonNode receipt) {
    String at() {
      return receipt.path("contractAddress").asString();
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Contract> contracts = names.isEmpty() ? Contract.all() : named();
    String where = endpoint == null ? data.folder().socket().toString() : endpoint;
    try (Remote node = Remote.open(where)) {
      print(deploy(node, contracts));
    } catch (RemoteException e) {
      throw new CommandFailed("the node refuses: " + e.getMessage());
    }
    return 0;
  }

  private List<Contract> named() {
    List<Contract> contracts = new ArrayList<>();
    for (String name : names) {
      contracts.add(
          Contract.named(name)
              .orElseThrow(() ->
                  new CommandFailed("no contract " + name + "; there are " + Contract.all())));
    }
    return contracts;
  }

  private List<Deployed> deploy(Remote node, List<Contract> contracts)
      throws IOException, RemoteException, InterruptedException {
    String chainId = node.call("eth_chainId", array()).asString();
    if (Long.decode(chainId) == MAIN_NETWORK) {
      throw new CommandFailed("this is the main network, not a development chain");
    }
    String payer = from == null ? firstAccount(node) : address("--from", from).toString();
    Address holder = owner == null ? Address.parse(payer) : address("--owner", owner);
    List<String> hashes = new ArrayList<>();
    for (Contract contract : contracts) {
      ObjectNode transaction = JsonMapper.shared().createObjectNode();
      transaction.put("from", payer);
      transaction.put("data", Hex.encode(contract.deployment(arguments(contract, holder))));
      hashes.add(node.call("eth_sendTransaction", array().add(transaction)).asString());
    }
    List<Deployed> deployed = new ArrayList<>();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
    for (int i = 0; i < hashes.size(); i++) {
      deployed.add(new Deployed(contracts.get(i), receipt(node, hashes.get(i), deadline)));
    }
    return deployed;
  }

  private static String firstAccount(Remote node)
      throws IOException, RemoteException, InterruptedException {
    JsonNode accounts = node.call("eth_accounts", array());
    if (accounts.isEmpty()) {
      throw new CommandFailed(
          "the node has no account that could pay; give it one with account new");
    }
    return accounts.path(0).asString();
  }

  private static Address address(String flag, String text) {
    try {
      return Address.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(flag + " is no address: " + text);
    }
  }

  private static List<Object> arguments(Contract contract, Address owner) {
    return switch (contract.name()) {
      case "Dollar" -> List.of("Fondaco Dollar", "USDF", owner, SUPPLY);
      case "Tether" -> List.of("Tether USD", "USDT", owner, SUPPLY);
      case "Collectible" -> List.of("Fondaco Pieces", "PIECE", owner, ROYALTY_BASIS_POINTS);
      case "Editions" -> List.of("Fondaco Editions", "EDTN", owner, ROYALTY_BASIS_POINTS);
      default -> throw new IllegalStateException("no arguments for " + contract);
    };
  }

  private JsonNode receipt(Remote node, String hash, long deadline)
      throws IOException, RemoteException, InterruptedException {
    while (true) {
      JsonNode receipt = node.call("eth_getTransactionReceipt", array().add(hash));
      if (receipt.isObject()) {
        if (!receipt.path("status").asString().equals("0x1")) {
          throw new CommandFailed("transaction " + hash + " failed on the chain");
        }
        return receipt;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new CommandFailed(
            hash + " is not mined after " + timeoutSeconds + " s; does the node mine?");
      }
      LockSupport.parkNanos(POLL_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private void print(List<Deployed> deployed) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (json) {
      ArrayNode list = array();
      for (Deployed each : deployed) {
        ObjectNode entry = list.addObject();
        entry.put("contract", each.contract().name());
        entry.put("address", each.at());
        entry.put("transactionHash", each.receipt().path("transactionHash").asString());
        entry.set("abi", each.contract().abi());
      }
      out.println(list);
    } else {
      out.printf("%-12s %-42s %10s %10s%n", "contract", "address", "block", "gas");
      for (Deployed each : deployed) {
        out.printf(
            "%-12s %-42s %10d %10d%n",
            each.contract(),
            each.at(),
            Long.decode(each.receipt().path("blockNumber").asString()),
            Long.decode(each.receipt().path("gasUsed").asString()));
      }
    }
    out.flush();
  }

  private static ArrayNode array() {
    return JsonMapper.shared().createArrayNode();
  }
}
