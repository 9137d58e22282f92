package org.fondaco.chain.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.chain.conformance.UtxoSuite.Cases;
import org.fondaco.chain.crypto.Schnorr;
import org.fondaco.chain.utxo.profile.NetworkProfile;
import org.fondaco.chain.utxo.script.ScriptError;
import org.fondaco.chain.utxo.script.ScriptFlags;
import org.fondaco.chain.utxo.script.ScriptVerifier;
import org.fondaco.chain.utxo.script.Spending;
import org.fondaco.chain.utxo.script.Taproot;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** BIP-341's wallet vectors: trees, keys and addresses, and a transaction signed by keys. */
final class TaprootWalletCases {
  private static final HexFormat HEX = HexFormat.of();

  private TaprootWalletCases() {}

  /** A leaf with the way to the root. */
  private record Leaf(int id, int version, List<byte[]> path) {}

  /** A part of a tree. */
  private record Node(byte[] hash, List<Leaf> leaves) {}

  static void read(JsonNode json, Cases cases) {
    int index = 0;
    for (JsonNode test : json.path("scriptPubKey")) {
      cases.check("scriptPubKey", Integer.toString(index++), () -> checkOutput(test));
    }
    for (JsonNode test : json.path("keyPathSpending")) {
      for (JsonNode input : test.path("inputSpending")) {
        String name = input.path("given").path("txinIndex").asString();
        cases.check("keyPathSpending", name, () -> checkInput(test, input));
      }
    }
  }

  private static @Nullable String checkOutput(JsonNode test) {
    byte[] internal = HEX.parseHex(test.path("given").path("internalPubkey").asString());
    JsonNode tree = test.path("given").path("scriptTree");
    Node root = tree.isNull() || tree.isMissingNode() ? null : node(tree);
    byte[] tweak = Taproot.tweak(internal, root == null ? null : root.hash);
    byte[] key = Schnorr.tweaked(internal, tweak);
    if (key == null) {
      return "no key";
    }
    byte[] script = new WireWriter().uint8(0x51).uint8(32).bytes(tail(key)).toBytes();
    JsonNode expected = test.path("expected");
    String wrong =
        Cases.difference(
            List.of(
                test.path("intermediary").path("tweak").asString(),
                expected.path("scriptPubKey").asString(),
                expected.path("bip350Address").asString()),
            List.of(
                HEX.formatHex(tweak),
                HEX.formatHex(script),
                String.valueOf(NetworkProfile.BTC_MAIN.addresses().address(script))));
    JsonNode controls = expected.path("scriptPathControlBlocks");
    if (wrong == null && root != null) {
      for (Leaf leaf : root.leaves) {
        WireWriter control = new WireWriter().uint8(leaf.version | key[0] & 1).bytes(internal);
        leaf.path.forEach(control::bytes);
        String got = HEX.formatHex(control.toBytes());
        wrong = wrong == null ? Cases.difference(controls.get(leaf.id).asString(), got) : wrong;
      }
    }
    return wrong;
  }

  private static Node node(JsonNode tree) {
    if (!tree.isArray()) {
      int version = tree.path("leafVersion").asInt();
      byte[] hash = Taproot.leafHash(version, HEX.parseHex(tree.path("script").asString()));
      return new Node(hash, List.of(new Leaf(tree.path("id").asInt(), version, List.of())));
    }
    Node left = node(tree.get(0));
    Node right = node(tree.get(1));
    List<Leaf> leaves = new ArrayList<>();
    left.leaves.forEach(leaf -> leaves.add(under(leaf, right.hash)));
    right.leaves.forEach(leaf -> leaves.add(under(leaf, left.hash)));
    return new Node(Taproot.branchHash(left.hash, right.hash), leaves);
  }

  private static Leaf under(Leaf leaf, byte[] sibling) {
    List<byte[]> path = new ArrayList<>(leaf.path);
    path.add(sibling);
    return new Leaf(leaf.id, leaf.version, path);
  }

  private static byte[] tail(byte[] key) {
    return Arrays.copyOfRange(key, 1, key.length);
  }

  private static @Nullable String checkInput(JsonNode test, JsonNode input) {
    Transaction unsigned =
        Transaction.decode(HEX.parseHex(test.path("given").path("rawUnsignedTx").asString()));
    List<Output> spent = new ArrayList<>();
    for (JsonNode output : test.path("given").path("utxosSpent")) {
      byte[] script = HEX.parseHex(output.path("scriptPubKey").asString());
      spent.add(new Output(output.path("amountSats").asLong(), script));
    }
    JsonNode given = input.path("given");
    int index = given.path("txinIndex").asInt();
    int hashType = given.path("hashType").asInt();
    byte[] secret = HEX.parseHex(given.path("internalPrivkey").asString());
    JsonNode root = given.path("merkleRoot");
    byte[] tweak =
        Taproot.tweak(
            Schnorr.publicKey(secret), root.isNull() ? null : HEX.parseHex(root.asString()));
    byte[] hash =
        Taproot.signatureHash(new Spending(unsigned, spent), index, hashType, Taproot.Path.KEY);
    if (hash == null) {
      return "nothing to sign";
    }
    byte[] tweaked = Schnorr.tweakedSecret(secret, tweak);
    byte[] signature = Schnorr.sign(hash, tweaked, new byte[32]);
    byte[] item = hashType == 0 ? signature : Arrays.copyOf(signature, 65);
    if (hashType != 0) {
      item[64] = (byte) hashType;
    }
    JsonNode between = input.path("intermediary");
    String wrong =
        Cases.difference(
            List.of(
                between.path("tweak").asString(),
                between.path("tweakedPrivkey").asString(),
                between.path("sigHash").asString(),
                input.path("expected").path("witness").get(0).asString()),
            List.of(
                HEX.formatHex(tweak),
                HEX.formatHex(tweaked),
                HEX.formatHex(hash),
                HEX.formatHex(item)));
    return wrong == null ? checkSigned(unsigned, spent, index, item) : wrong;
  }

  private static @Nullable String checkSigned(
      Transaction unsigned, List<Output> spent, int index, byte[] item) {
    List<Input> inputs = new ArrayList<>(unsigned.inputs());
    inputs.set(index, inputs.get(index).withWitness(List.of(item)));
    Transaction signed =
        new Transaction(unsigned.version(), inputs, unsigned.outputs(), unsigned.lockTime());
    ScriptError error =
        ScriptVerifier.verify(new Spending(signed, spent), index, ScriptFlags.STANDARD);
    return error == ScriptError.OK ? null : "refused: " + error;
  }
}
