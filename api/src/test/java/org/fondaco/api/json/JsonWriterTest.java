package org.fondaco.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

  @Test
  void writesEveryKindOfValue() {
    JsonWriter json = new JsonWriter(1);
    json.beginObject().field("text", "a\"b\\c\n\u00e9");
    json.field("number", -12).field("yes", true).field("amount", 150_000_000L, 8);
    json.name("none").nullValue();
    json.name("list").beginArray().value(1).value("x").beginObject().endObject().endArray();
    json.name("copy").copy(new JsonWriter(1).beginArray().endArray()).endObject();
    assertThat(json.toString())
        .isEqualTo(
            "{\"text\":\"a\\\"b\\\\c\\u000a\\u00e9\",\"number\":-12,\"yes\":true,"
                + "\"amount\":\"1.50000000\",\"none\":null,\"list\":[1,\"x\",{}],\"copy\":[]}");
  }

  @Test
  void writesDecimalsAsBigDecimalDoes() {
    Random random = new Random(7031);
    for (int i = 0; i < 20_000; i++) {
      long units = random.nextLong() >> random.nextInt(64);
      int scale = random.nextInt(11);
      assertThat(new JsonWriter(4).decimal(units, scale).toString())
          .isEqualTo("\"" + BigDecimal.valueOf(units, scale).toPlainString() + "\"");
    }
  }

  @Test
  void writesTheExtremes() {
    assertThat(new JsonWriter(4).value(Long.MIN_VALUE).toString())
        .isEqualTo("-9223372036854775808");
    assertThat(new JsonWriter(4).decimal(Long.MAX_VALUE, 8).toString())
        .isEqualTo("\"92233720368.54775807\"");
    assertThat(new JsonWriter(4).decimal(0, 0).toString()).isEqualTo("\"0\"");
  }
}
