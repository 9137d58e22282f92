package org.fondaco.chain.utxo.rpc;

import java.util.HexFormat;
import java.util.StringJoiner;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.descriptor.DescriptorChecksum;
import org.fondaco.chain.utxo.script.ScriptPattern;

/** Output descriptors without private knowledge. */
final class Descriptors {
  private Descriptors() {}

  /** The descriptor that Core infers from a script alone, with its checksum. */
  static String infer(byte[] script, AddressFormat format) {
    ScriptPattern pattern = ScriptPattern.of(script);
    HexFormat hex = HexFormat.of();
    String bare =
        switch (pattern.type()) {
          case PUBKEY -> "pk(" + hex.formatHex(pattern.parts().getFirst()) + ")";
          case WITNESS_V1_TAPROOT -> "rawtr(" + hex.formatHex(pattern.parts().getFirst()) + ")";
          case MULTISIG -> {
            StringJoiner keys = new StringJoiner(",", "multi(" + pattern.required() + ",", ")");
            pattern.parts().forEach(key -> keys.add(hex.formatHex(key)));
            yield keys.toString();
          }
          case PUBKEYHASH,
              SCRIPTHASH,
              LONG_SCRIPTHASH,
              ANCHOR,
              WITNESS_V0_KEYHASH,
              WITNESS_V0_SCRIPTHASH,
              WITNESS_UNKNOWN,
              NULLDATA,
              NONSTANDARD -> {
            String address = format.address(script);
            yield address == null ? "raw(" + hex.formatHex(script) + ")" : "addr(" + address + ")";
          }
        };
    return bare + "#" + DescriptorChecksum.of(bare);
  }
}
