package org.fondaco.chain.conformance;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.chain.conformance.UtxoSuite.Cases;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.filter.BlockFilter;
import org.fondaco.chain.utxo.wire.Reversed;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** BIP-158's blocks, filters and headers of filters. */
final class FilterCases {
  private static final HexFormat HEX = HexFormat.of();

  private FilterCases() {}

  static void read(JsonNode json, Cases cases) {
    for (JsonNode test : json) {
      if (test.size() >= 7) {
        cases.check(
            "filter", test.get(0).asString() + " " + test.path(7).asString(""), () -> check(test));
      }
    }
  }

  private static @Nullable String check(JsonNode test) {
    Block block = Block.decode(HEX.parseHex(test.get(2).asString()), true);
    List<byte[]> spent = new ArrayList<>();
    test.get(3).forEach(script -> spent.add(HEX.parseHex(script.asString())));
    BlockFilter filter = BlockFilter.of(block, spent);
    String wrong =
        Cases.difference(
            List.of(test.get(1).asString(), test.get(5).asString(), test.get(6).asString()),
            List.of(
                block.header().toString(),
                HEX.formatHex(filter.encoded()),
                Reversed.text(filter.header(Reversed.parse(test.get(4).asString())))));
    for (byte[] script : spent) {
      if (wrong == null && script.length > 0 && !filter.matchesAny(List.of(script))) {
        wrong = "does not find " + HEX.formatHex(script);
      }
    }
    return wrong;
  }
}
