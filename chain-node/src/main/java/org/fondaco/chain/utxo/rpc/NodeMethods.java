package org.fondaco.chain.utxo.rpc;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.fondaco.chain.utxo.address.AddressException;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.mempool.FeeRate;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.script.ScriptPattern;
import org.fondaco.chain.utxo.script.Scripts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The node itself: control, network and small services. */
final class NodeMethods {
  /** The version whose shapes are followed. */
  private static final int VERSION = 300_000;

  private static final int PROTOCOL_VERSION = 70_016;
  static final int FEE_TARGET_MAX = 1_008;

  private final UtxoChain chain;
  private final Mempool pool;
  private final AddressFormat addresses;
  private final InstantSource clock;
  private final @Nullable Runnable stop;
  private final long startedSeconds;

  /**
   * The methods of a node.
   *
   * @param stop begins to stop the node, on another thread; null if callers may not
   */
  NodeMethods(
      UtxoChain chain,
      Mempool pool,
      AddressFormat addresses,
      InstantSource clock,
      @Nullable Runnable stop) {
    this.chain = chain;
    this.pool = pool;
    this.addresses = addresses;
    this.clock = clock;
    this.stop = stop;
    startedSeconds = clock.instant().getEpochSecond();
  }

  void addTo(CoreMethods methods) {
    addControl(methods);
    addNetwork(methods);
  }

  private void addControl(CoreMethods methods) {
    methods.add(
        "Control",
        "help",
        "( \"command\" )",
        "List all commands, or get help for a specified command.",
        arguments -> methods.help(arguments.has(0) ? arguments.text(0) : null));
    methods.add(
        "Control",
        "stop",
        "",
        "Request a graceful shutdown of the node.",
        _ -> {
          if (stop == null) {
            throw new CoreException(
                CoreException.MISC, "This node is part of a venue, which stops it when it stops");
          }
          stop.run();
          return StringNode.valueOf("Fondaco stopping");
        });
    methods.add(
        "Control",
        "uptime",
        "",
        "Returns the total uptime of the server in seconds.",
        _ -> CoreJson.object().numberNode(clock.instant().getEpochSecond() - startedSeconds));
  }

  private void addNetwork(CoreMethods methods) {
    methods.add(
        "Network",
        "getnetworkinfo",
        "",
        "Returns an object containing various state info regarding P2P networking.",
        _ -> network());
    methods.add(
        "Network",
        "getconnectioncount",
        "",
        "Returns the number of connections to other nodes.",
        _ -> CoreJson.object().numberNode(0));
    methods.add(
        "Network",
        "getpeerinfo",
        "",
        "Returns data about each connected network peer; this node connects with none.",
        _ -> CoreJson.array());
    methods.add(
        "Network",
        "addnode",
        "\"node\" \"command\"",
        "Refused: this node connects with no others.",
        _ -> {
          throw new CoreException(
              CoreException.CLIENT_NODE_NOT_CONNECTED, "This node connects with no others");
        });
    methods.add(
        "Util",
        "validateaddress",
        "\"address\"",
        "Return information about the given address.",
        arguments -> validate(arguments.text(0)));
    methods.add(
        "Util",
        "estimatesmartfee",
        "conf_target ( \"estimate_mode\" )",
        "Estimates the fee rate in coins for 1,000 virtual bytes with which a transaction confirms"
            + " within conf_target blocks, by those that did. An array of errors where too few were"
            + " seen, as on a network where little happens: mempoolminfee is enough there.",
        arguments -> estimate(arguments.integer(0), arguments.text(1, "unset")));
  }

  private JsonNode network() {
    ObjectNode info = CoreJson.object();
    info.put("version", VERSION);
    info.put("subversion", "/Fondaco:0.1.0/");
    info.put("protocolversion", PROTOCOL_VERSION);
    info.put("localservices", "0000000000000009");
    info.putArray("localservicesnames").add("NETWORK").add("WITNESS");
    info.put("localrelay", false);
    info.put("timeoffset", 0);
    info.put("networkactive", false);
    info.put("connections", 0);
    info.put("connections_in", 0);
    info.put("connections_out", 0);
    info.putArray("networks");
    Mempool.Statistics statistics = pool.statistics();
    info.put("relayfee", CoreJson.coins(statistics.policy().minimumRate().perKilobyte()));
    info.put("incrementalfee", CoreJson.coins(statistics.policy().replacementRate().perKilobyte()));
    info.putArray("localaddresses");
    info.putArray("warnings");
    return info;
  }

  private JsonNode validate(String address) {
    ObjectNode result = CoreJson.object();
    byte[] script;
    try {
      script = addresses.script(address);
    } catch (AddressException e) {
      result.put("isvalid", false);
      result.putArray("error_locations");
      return result.put("error", e.getMessage());
    }
    result.put("isvalid", true);
    result.put("address", canonical(address, script));
    result.put("scriptPubKey", CoreJson.hex(script));
    ScriptPattern.Type type = ScriptPattern.of(script).type();
    result.put(
        "isscript",
        type == ScriptPattern.Type.SCRIPTHASH
            || type == ScriptPattern.Type.WITNESS_V0_SCRIPTHASH
            || type == ScriptPattern.Type.WITNESS_V1_TAPROOT);
    Scripts.WitnessProgram program =
        chain.consensus().hasWitness() ? Scripts.witnessProgram(script) : null;
    result.put("iswitness", program != null);
    if (program != null) {
      result.put("witness_version", program.version());
      result.put("witness_program", CoreJson.hex(program.program()));
    }
    return result;
  }

  private String canonical(String address, byte[] script) {
    String written = addresses.address(script);
    return written == null ? address : written;
  }

  private JsonNode estimate(int target, String mode) throws CoreException {
    if (target < 1 || target > FEE_TARGET_MAX) {
      throw CoreException.parameter("Invalid conf_target, must be between 1 and " + FEE_TARGET_MAX);
    }
    if (!List.of("unset", "economical", "conservative").contains(mode.toLowerCase(Locale.ROOT))) {
      throw CoreException.parameter(
          "Invalid estimate_mode parameter, must be one of: \"unset\", \"economical\","
              + " \"conservative\"");
    }
    // As Core: nobody can know what the very next block asks.
    int blocks = Math.max(target, 2);
    ObjectNode result = CoreJson.object();
    FeeRate rate = pool.rateForBlocks(blocks).orElse(null);
    if (rate == null) {
      result.putArray("errors").add("Insufficient data or no feerate found");
    } else {
      result.put("feerate", CoreJson.coins(rate.perKilobyte()));
    }
    return result.put("blocks", blocks);
  }
}
