package org.fondaco.chain.rpc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as requests and answers are read and written. */
final class Json {
  /** Deeper than any request; less than what a thread's stack bears. */
  private static final int DEPTH_MAX = 200;

  private static final int NUMBER_LENGTH_MAX = 400;

  /** A trace of calls 1024 deep has two levels for each, and a block's some around them. */
  private static final int ANSWER_DEPTH_MAX = 2_100;

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(NUMBER_LENGTH_MAX)
                          .build())
                  .streamWriteConstraints(
                      StreamWriteConstraints.builder().maxNestingDepth(ANSWER_DEPTH_MAX).build())
                  .build())
          // An id is given back as it came: no digit of it may be lost.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private Json() {}

  static byte[] bytes(@Nullable JsonNode node) {
    return node == null ? NULL : MAPPER.writeValueAsBytes(node);
  }

  /** An answer with a result; {@code id} null is JSON's null. */
  static byte[] answer(@Nullable JsonNode id, byte[] result) {
    return message(id, "result", result);
  }

  static byte[] error(@Nullable JsonNode id, RpcException error) {
    var node = MAPPER.createObjectNode();
    node.put("code", error.code()).put("message", error.getMessage());
    if (error.data() != null) {
      node.put("data", error.data());
    }
    return message(id, "error", bytes(node));
  }

  private static byte[] message(@Nullable JsonNode id, String field, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(value.length + 64);
    out.writeBytes(ascii("{\"jsonrpc\":\"2.0\",\"id\":"));
    out.writeBytes(bytes(id));
    out.writeBytes(ascii(",\"" + field + "\":"));
    out.writeBytes(value);
    out.write('}');
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
