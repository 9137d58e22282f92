package org.fondaco.chain.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.abi.AbiEncoder;
import org.fondaco.chain.conformance.BasicSuite.Cases;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hex;
import tools.jackson.databind.JsonNode;

/** {@code ABITests}: arguments as calldata. */
final class AbiCases {
  private AbiCases() {}

  static void read(String file, JsonNode json, Cases cases) {
    json.properties()
        .forEach(entry -> {
          List<String> types = new ArrayList<>();
          List<Object> values = new ArrayList<>();
          JsonNode test = entry.getValue();
          for (int i = 0; i < test.path("types").size(); i++) {
            types.add(test.path("types").path(i).asString());
            values.add(value(types.getLast(), test.path("args").path(i)));
          }
          cases.same(
              BasicSuites.ANY,
              entry.getKey(),
              "0x" + test.path("result").asString(),
              () -> Hex.encode(AbiEncoder.encode(types, values)));
        });
  }

  private static Object value(String type, JsonNode value) {
    if (value.isArray()) {
      List<Object> elements = new ArrayList<>();
      value.forEach(each -> elements.add(value(type.substring(0, type.indexOf('[')), each)));
      return elements;
    }
    if (value.isNumber()) {
      return value.bigIntegerValue();
    }
    return type.equals("address")
        ? Address.parse(value.asString())
        : value.asString().getBytes(StandardCharsets.UTF_8);
  }
}
