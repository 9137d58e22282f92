package org.fondaco.chain.utxo.rpc;

import java.util.List;
import org.fondaco.chain.crypto.ShortHash;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.descriptor.ScriptForms;
import org.fondaco.chain.utxo.script.ScriptPattern;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code decodescript}: what a script is, and the scripts that may hide it. */
final class DecodeScriptMethod {
  private static final int COMPRESSED_BYTES = 33;

  private final CoreJson json;
  private final AddressFormat addresses;

  DecodeScriptMethod(CoreJson json, AddressFormat addresses) {
    this.json = json;
    this.addresses = addresses;
  }

  void addTo(CoreMethods methods) {
    methods.add(
        TransactionMethods.CATEGORY,
        "decodescript",
        "\"hexstring\"",
        "Decode a hex-encoded script.",
        arguments -> decode(arguments.bytes(0, "argument")));
  }

  private JsonNode decode(byte[] script) {
    ObjectNode result = json.script(script);
    result.remove("hex");
    ScriptPattern pattern = json.pattern(script);
    boolean wraps =
        !Scripts.isUnspendable(script)
            && switch (pattern.type()) {
              case PUBKEY,
                  PUBKEYHASH,
                  MULTISIG,
                  NONSTANDARD,
                  WITNESS_V0_KEYHASH,
                  WITNESS_V0_SCRIPTHASH ->
                  true;
              case SCRIPTHASH,
                  LONG_SCRIPTHASH,
                  NULLDATA,
                  ANCHOR,
                  WITNESS_V1_TAPROOT,
                  WITNESS_UNKNOWN ->
                  false;
            };
    if (!wraps) {
      return result;
    }
    result.put("p2sh", addresses.address(ScriptForms.scriptHash(script)));
    byte[] program = addresses.bech32() == null ? null : program(pattern, script);
    if (program != null) {
      ObjectNode segwit = json.script(program);
      segwit.put("p2sh-segwit", addresses.address(ScriptForms.scriptHash(program)));
      result.set("segwit", segwit);
    }
    return result;
  }

  /** The witness program that hides it; null where uncompressed keys forbid it. */
  private static byte @Nullable [] program(ScriptPattern pattern, byte[] script) {
    List<byte[]> parts = pattern.parts();
    return switch (pattern.type()) {
      case PUBKEY ->
          parts.getFirst().length == COMPRESSED_BYTES
              ? ScriptForms.witnessKeyHash(parts.getFirst())
              : null;
      case PUBKEYHASH -> keyHash(parts.getFirst());
      case MULTISIG ->
          parts.stream().allMatch(key -> key.length == COMPRESSED_BYTES)
              ? ScriptForms.witnessScriptHash(script)
              : null;
      case NONSTANDARD -> ScriptForms.witnessScriptHash(script);
      case SCRIPTHASH,
          LONG_SCRIPTHASH,
          NULLDATA,
          ANCHOR,
          WITNESS_V0_KEYHASH,
          WITNESS_V0_SCRIPTHASH,
          WITNESS_V1_TAPROOT,
          WITNESS_UNKNOWN ->
          null;
    };
  }

  private static byte[] keyHash(byte[] hash) {
    if (hash.length != ShortHash.BYTES) {
      throw new IllegalArgumentException("no hash of a key");
    }
    return new WireWriter().uint8(0).bytes(Scripts.push(hash)).toBytes();
  }
}
