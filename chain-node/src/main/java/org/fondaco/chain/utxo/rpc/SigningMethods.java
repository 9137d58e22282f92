package org.fondaco.chain.utxo.rpc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.chain.crypto.Ecdsa;
import org.fondaco.chain.utxo.address.AddressException;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.mempool.MempoolEntry;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.signing.KeyRing;
import org.fondaco.chain.utxo.signing.TransactionSigner;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.Reversed;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Signs raw transactions, with keys of the caller's or of a wallet. */
final class SigningMethods {
  private final UtxoChain chain;
  private final Mempool pool;
  private final AddressFormat addresses;
  private final WalletDoor door;
  private final TransactionSigner signer;

  SigningMethods(UtxoChain chain, Mempool pool, AddressFormat addresses, WalletDoor door) {
    this.chain = chain;
    this.pool = pool;
    this.addresses = addresses;
    this.door = door;
    signer = new TransactionSigner(chain.consensus().isCash());
  }

  void addTo(CoreMethods methods) {
    methods.add(
        TransactionMethods.CATEGORY,
        "signrawtransactionwithkey",
        "\"hexstring\" [\"privkeys\"] ( [\"prevtxs\"] \"sighashtype\" )",
        "Sign inputs for raw transaction (serialized, hex-encoded) with private keys in the wallet"
            + " import format. prevtxs: txid, vout, scriptPubKey, redeemScript, witnessScript,"
            + " amount of outputs that are not on the chain. sighashtype: DEFAULT, ALL, NONE or"
            + " SINGLE, with |ANYONECANPAY.",
        this::withKey);
    methods.add(
        WalletMethods.CATEGORY,
        "signrawtransactionwithwallet",
        "\"hexstring\" ( [\"prevtxs\"] \"sighashtype\" )",
        "Sign inputs for raw transaction (serialized, hex-encoded) with the wallet's keys.",
        this::withWallet);
    methods.add(
        TransactionMethods.CATEGORY,
        "combinerawtransaction",
        "[\"txs\"]",
        "Combine multiple partially signed transactions into one transaction.",
        this::combine);
  }

  private JsonNode withKey(Arguments arguments) throws CoreException {
    Transaction transaction = decode(arguments.text(0));
    KeyRing ring = new KeyRing();
    for (JsonNode each : arguments.json(1)) {
      AddressFormat.PrivateKey key = privateKey(addresses, each.asString(""));
      ring.add(Ecdsa.publicKey(key.bytes(), key.compressed()), key.bytes());
    }
    List<@Nullable Output> spent = spent(transaction, arguments.optional(2), ring);
    int type = hashType(arguments.text(3, "DEFAULT"));
    return result(signer.sign(transaction, spent, ring, type));
  }

  static AddressFormat.PrivateKey privateKey(AddressFormat addresses, String text)
      throws CoreException {
    try {
      AddressFormat.PrivateKey key = addresses.privateKey(text);
      if (Ecdsa.isSecret(key.bytes())) {
        return key;
      }
    } catch (AddressException e) {
      throw new CoreException(CoreException.INVALID_ADDRESS_OR_KEY, "Invalid private key");
    }
    throw new CoreException(CoreException.INVALID_ADDRESS_OR_KEY, "Invalid private key");
  }

  private JsonNode withWallet(Arguments arguments) throws CoreException {
    Transaction transaction = decode(arguments.text(0));
    List<@Nullable Output> spent = spent(transaction, arguments.optional(1), new KeyRing());
    int type = hashType(arguments.text(2, "DEFAULT"));
    return result(door.of(arguments).sign(transaction, spent, type));
  }

  private Transaction decode(String hex) throws CoreException {
    return TransactionMethods.decode(hex, chain.consensus().hasWitness());
  }

  private JsonNode combine(Arguments arguments) throws CoreException {
    List<Transaction> copies = new ArrayList<>();
    for (JsonNode each : arguments.json(0)) {
      try {
        copies.add(decode(each.asString("")));
      } catch (CoreException e) {
        throw new CoreException(
            CoreException.DESERIALIZATION,
            "TX decode failed for tx "
                + copies.size()
                + ". Make sure the tx has at least one input.");
      }
    }
    if (copies.isEmpty()) {
      throw new CoreException(CoreException.MISC, "Missing transactions");
    }
    List<@Nullable Output> spent = spent(copies.getFirst(), null, new KeyRing());
    if (spent.contains(null)) {
      throw new CoreException(CoreException.VERIFY, "Input not found or already spent");
    }
    List<Transaction> same =
        copies.stream().filter(copy -> copy.inputs().size() == spent.size()).toList();
    Transaction merged = signer.merge(same, spent, new KeyRing(), 0).transaction();
    return StringNode.valueOf(CoreJson.hex(merged.encode()));
  }

  // --- what is spent ---

  private List<@Nullable Output> spent(
      Transaction transaction, @Nullable JsonNode previous, KeyRing ring) throws CoreException {
    Map<OutPoint, Output> told = new HashMap<>();
    if (previous != null) {
      for (JsonNode each : previous) {
        addPrevious(each, told, ring);
      }
    }
    List<@Nullable Output> spent = new ArrayList<>();
    for (Input input : transaction.inputs()) {
      Output output = told.get(input.outPoint());
      output = output == null ? find(input.outPoint()) : output;
      spent.add(output);
    }
    return spent;
  }

  /** The original form alone does not sign the amount. */
  private boolean needsAmount(byte[] script, JsonNode json) throws CoreException {
    String redeem = json.path("redeemScript").asString("");
    return chain.consensus().isCash()
        || Scripts.witnessProgram(script) != null
        || json.has("witnessScript")
        || Scripts.witnessProgram(Arguments.bytes(redeem, "redeemScript")) != null;
  }

  private @Nullable Output find(OutPoint outPoint) {
    MempoolEntry waiting = pool.find(outPoint.txid());
    if (waiting != null && outPoint.index() < waiting.transaction().outputs().size()) {
      return waiting.transaction().outputs().get((int) outPoint.index());
    }
    UnspentOutput unspent = chain.find(outPoint);
    return unspent == null ? null : unspent.output();
  }

  private void addPrevious(JsonNode json, Map<OutPoint, Output> told, KeyRing ring)
      throws CoreException {
    if (!json.path("txid").isString()
        || !json.path("vout").isIntegralNumber()
        || !json.path("scriptPubKey").isString()) {
      throw new CoreException(CoreException.TYPE, "Missing txid, vout or scriptPubKey");
    }
    long index = json.path("vout").longValue();
    if (index < 0) {
      throw new CoreException(CoreException.DESERIALIZATION, "vout cannot be negative");
    }
    OutPoint outPoint =
        new OutPoint(Arguments.hash(json.path("txid").stringValue(), "txid"), index);
    byte[] script = Arguments.bytes(json.path("scriptPubKey").stringValue(), "scriptPubKey");
    Output known = find(outPoint);
    if (known != null && !java.util.Arrays.equals(known.script(), script)) {
      throw new CoreException(
          CoreException.DESERIALIZATION,
          "Previous output scriptPubKey mismatch:\n"
              + ScriptText.of(known.script(), false)
              + "\nvs:\n"
              + ScriptText.of(script, false));
    }
    if (!json.has("amount") && needsAmount(script, json)) {
      throw new CoreException(CoreException.TYPE, "Missing amount for " + outPoint);
    }
    long value = json.has("amount") ? Arguments.amount(json.path("amount")) : 0;
    told.put(outPoint, new Output(value, script));
    for (String name : List.of("redeemScript", "witnessScript")) {
      if (json.has(name)) {
        byte[] hidden = Arguments.bytes(json.path(name).asString(""), name);
        ring.addScript(hidden);
        if (!chain.consensus().isCash()) {
          // Either may be told as the other, as in Bitcoin Core.
          ring.addScript(org.fondaco.chain.utxo.descriptor.ScriptForms.witnessScriptHash(hidden));
        }
      }
    }
  }

  // --- words ---

  /** 0 for the default. */
  static int hashType(String word) throws CoreException {
    String base = word.replace("|ANYONECANPAY", "").replace("|FORKID", "");
    int type =
        switch (base) {
          case "DEFAULT" -> 0;
          case "ALL" -> 1;
          case "NONE" -> 2;
          case "SINGLE" -> 3;
          default -> -1;
        };
    boolean anyone = word.contains("|ANYONECANPAY");
    if (type < 0 || type == 0 && anyone) {
      throw CoreException.parameter("'" + word + "' is not a valid sighash parameter.");
    }
    return anyone ? type | 0x80 : type;
  }

  private static ObjectNode result(TransactionSigner.Signed signed) {
    ObjectNode result = CoreJson.object();
    result.put("hex", CoreJson.hex(signed.transaction().encode()));
    result.put("complete", signed.isComplete());
    if (!signed.isComplete()) {
      ArrayNode errors = result.putArray("errors");
      for (Map.Entry<Integer, String> each : signed.errors().entrySet()) {
        Input input = signed.transaction().inputs().get(each.getKey());
        ObjectNode error = errors.addObject();
        error.put("txid", Reversed.text(input.outPoint().txid()));
        error.put("vout", input.outPoint().index());
        ArrayNode witness = error.putArray("witness");
        input.witness().forEach(item -> witness.add(CoreJson.hex(item)));
        error.put("scriptSig", CoreJson.hex(input.scriptSig()));
        error.put("sequence", input.sequence());
        error.put("error", each.getValue());
      }
    }
    return result;
  }
}
