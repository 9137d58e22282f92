package org.fondaco.chain.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.chain.conformance.UtxoSuite.Cases;
import org.fondaco.chain.utxo.script.ScriptError;
import org.fondaco.chain.utxo.script.ScriptFlag;
import org.fondaco.chain.utxo.script.ScriptFlags;
import org.fondaco.chain.utxo.script.ScriptVerifier;
import org.fondaco.chain.utxo.script.Spending;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The assets of BIP-341's reference implementation: a transaction, and what makes an input of it
 * succeed and fail, under every consistent set of the consensus flags.
 */
final class TaprootAssetCases {
  private static final HexFormat HEX = HexFormat.of();
  private static final List<ScriptFlags> CONSENSUS = consensus();

  private TaprootAssetCases() {}

  /** Each step of history, and each flag alone left out. */
  private static List<ScriptFlags> consensus() {
    List<ScriptFlags> sets = new ArrayList<>();
    ScriptFlags grown = ScriptFlags.NONE;
    sets.add(grown);
    for (ScriptFlag flag :
        List.of(
            ScriptFlag.P2SH,
            ScriptFlag.DERSIG,
            ScriptFlag.CHECKLOCKTIMEVERIFY,
            ScriptFlag.CHECKSEQUENCEVERIFY,
            ScriptFlag.WITNESS,
            ScriptFlag.NULLDUMMY,
            ScriptFlag.TAPROOT)) {
      grown = grown.with(flag);
      sets.add(grown);
      if (flag != ScriptFlag.P2SH && flag != ScriptFlag.WITNESS) {
        sets.add(ScriptFlags.MANDATORY.without(flag));
      }
    }
    return sets;
  }

  static void read(UtxoSuite.File file, Cases cases) {
    String text = file.text().strip();
    if (text.endsWith(",")) {
      text = text.substring(0, text.length() - 1);
    }
    JsonNode json = Vectors.json(text.getBytes(StandardCharsets.UTF_8));
    String name = file.name().substring(file.name().lastIndexOf('/') + 1);
    String comment = name + " " + json.path("comment").asString();
    for (String kind : List.of("success", "failure")) {
      if (json.has(kind)) {
        cases.check(kind, comment, () -> check(json, kind));
      }
    }
  }

  private static @Nullable String check(JsonNode json, String kind) {
    List<Output> spent = new ArrayList<>();
    for (JsonNode prevout : json.path("prevouts")) {
      WireReader reader = new WireReader(HEX.parseHex(prevout.asString()));
      spent.add(new Output(reader.int64(), reader.prefixed()));
    }
    int index = json.path("index").asInt();
    Transaction bare = Transaction.decode(HEX.parseHex(json.path("tx").asString()));
    List<Input> inputs = new ArrayList<>(bare.inputs());
    List<byte[]> witness = new ArrayList<>();
    json.path(kind).path("witness").forEach(item -> witness.add(HEX.parseHex(item.asString())));
    byte[] scriptSig = HEX.parseHex(json.path(kind).path("scriptSig").asString());
    inputs.set(index, inputs.get(index).withScript(scriptSig).withWitness(witness));
    Transaction transaction =
        new Transaction(bare.version(), inputs, bare.outputs(), bare.lockTime());
    Spending spending = new Spending(transaction, spent);

    ScriptFlags own = ScriptFlags.parse(json.path("flags").asString());
    boolean success = kind.equals("success");
    boolean last = json.path("final").asBoolean(false);
    for (ScriptFlags flags : CONSENSUS) {
      // What succeeds does so with fewer flags, or with more if it is final; failures keep failing.
      boolean applies = success ? last || own.hasAll(flags) : flags.hasAll(own);
      if (applies) {
        ScriptError error = ScriptVerifier.verify(spending, index, flags);
        if ((error == ScriptError.OK) != success) {
          return "with " + flags + ": " + error;
        }
      }
    }
    return null;
  }
}
