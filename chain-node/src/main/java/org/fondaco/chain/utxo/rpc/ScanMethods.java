package org.fondaco.chain.utxo.rpc;

import static org.fondaco.chain.utxo.rpc.CoreJson.coins;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.descriptor.Descriptor;
import org.fondaco.chain.utxo.descriptor.Expanded;
import org.fondaco.chain.utxo.token.TokenScript;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.wire.Reversed;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/** Looks for scripts among all that is unspent; the chain stands still while it does. */
final class ScanMethods {
  private static final IntNode RANGE_DEFAULT = IntNode.valueOf(1_000);

  private final UtxoChain chain;
  private final AddressFormat addresses;
  private final AtomicReference<@Nullable Scan> running = new AtomicReference<>();

  /** One scan; it counts by the first byte of the txids, in whose order they come. */
  private static final class Scan {
    private volatile int progress;
    private volatile boolean aborted;
    private long outputs;
    private long total;

    void visited(OutPoint outPoint) {
      if (aborted) {
        throw new CancellationException("aborted");
      }
      outputs++;
      progress = (outPoint.txid().toBytes()[0] & 0xff) * 100 / 256;
    }
  }

  ScanMethods(UtxoChain chain, AddressFormat addresses) {
    this.chain = chain;
    this.addresses = addresses;
  }

  void addTo(CoreMethods methods) {
    methods.add(
        "Blockchain",
        "scantxoutset",
        "\"action\" ( [\"scanobjects\"] )",
        "Scans the unspent transaction output set for entries that match certain output descriptors."
            + " action is start, abort or status; scanobjects are descriptors, or objects with desc"
            + " and range (default 1000).",
        this::scan);
  }

  private @Nullable JsonNode scan(Arguments arguments) throws CoreException {
    Scan now = running.get();
    return switch (arguments.text(0)) {
      case "status" -> now == null ? null : CoreJson.object().put("progress", now.progress);
      case "abort" -> {
        if (now != null) {
          now.aborted = true;
        }
        yield BooleanNode.valueOf(now != null);
      }
      case "start" -> start(arguments);
      default -> throw CoreException.parameter("Invalid action '" + arguments.text(0) + "'");
    };
  }

  private JsonNode start(Arguments arguments) throws CoreException {
    if (!arguments.has(1)) {
      throw new CoreException(
          CoreException.MISC, "scanobjects argument is required for the start action");
    }
    Scan scan = new Scan();
    if (!running.compareAndSet(null, scan)) {
      throw CoreException.parameter("Scan already in progress, use action \"abort\" or \"status\"");
    }
    try {
      Map<ByteBuffer, String> wanted = new HashMap<>();
      for (JsonNode each : arguments.json(1)) {
        add(each, wanted);
      }
      return chain.still(() -> find(scan, wanted));
    } finally {
      running.set(null);
    }
  }

  private void add(JsonNode object, Map<ByteBuffer, String> wanted) throws CoreException {
    JsonNode text = object.isObject() ? object.path("desc") : object;
    if (!text.isString()) {
      throw CoreException.parameter(
          object.isObject()
              ? "Descriptor needs to be provided in scan object"
              : "Scan object needs to be either a string or an object");
    }
    Descriptor descriptor = DescriptorMethods.parse(text.stringValue(), addresses, false);
    JsonNode range = object.has("range") ? object.path("range") : RANGE_DEFAULT;
    List<Integer> bounds = descriptor.isRange() ? DescriptorMethods.range(range) : List.of(0, 0);
    Descriptor shortened = descriptor.shortened();
    for (int index = bounds.getFirst(); index <= bounds.getLast(); index++) {
      List<Expanded> all = DescriptorMethods.expand(shortened, index);
      for (int position = 0; position < all.size(); position++) {
        byte[] script = all.get(position).script();
        wanted.put(
            ByteBuffer.wrap(script),
            descriptor.isSolvable()
                ? shortened.textAt(index, position)
                : Descriptors.infer(script, addresses));
      }
    }
  }

  private JsonNode find(Scan scan, Map<ByteBuffer, String> wanted) {
    ObjectNode result = CoreJson.object();
    ArrayNode found = CoreJson.array();
    boolean success = true;
    try {
      chain.eachUnspent((outPoint, unspent) -> {
        scan.visited(outPoint);
        byte[] script = script(unspent);
        String descriptor = wanted.get(ByteBuffer.wrap(script));
        if (descriptor != null) {
          scan.total += unspent.output().value();
          addFound(found.addObject(), outPoint, unspent, script, descriptor);
        }
      });
    } catch (CancellationException e) {
      success = false;
    }
    BlockEntry tip = chain.tip();
    result.put("success", success);
    result.put("txouts", scan.outputs);
    result.put("height", tip.height());
    result.put("bestblock", Reversed.text(tip.hash()));
    result.set("unspents", found);
    return result.put("total_amount", coins(scan.total));
  }

  private byte[] script(UnspentOutput unspent) {
    byte[] script = unspent.output().script();
    return chain.consensus().isCash() ? TokenScript.of(script).script() : script;
  }

  private void addFound(
      ObjectNode json, OutPoint outPoint, UnspentOutput unspent, byte[] script, String descriptor) {
    json.put("txid", Reversed.text(outPoint.txid()));
    json.put("vout", outPoint.index());
    json.put("scriptPubKey", CoreJson.hex(script));
    json.put("desc", descriptor);
    json.put("amount", coins(unspent.output().value()));
    json.put("coinbase", unspent.coinbase());
    json.put("height", unspent.height());
    BlockEntry block = chain.at(unspent.height());
    if (block != null) {
      json.put("blockhash", Reversed.text(block.hash()));
    }
    json.put("confirmations", chain.tip().height() - unspent.height() + 1);
  }
}
