package org.fondaco.chain.rlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Appendix B of the yellow paper; the official vectors run in the conformance suites. */
class RlpTest {
  @Test
  void theExamplesOfTheYellowPaper() {
    assertThat(Hex.encode(new RlpWriter().bytes(ascii("dog")).toBytes())).isEqualTo("0x83646f67");
    RlpWriter list = new RlpWriter();
    int start = list.beginList();
    list.bytes(ascii("cat")).bytes(ascii("dog")).endList(start);
    assertThat(Hex.encode(list.toBytes())).isEqualTo("0xc88363617483646f67");
    assertThat(Hex.encode(new RlpWriter().number(0).toBytes())).isEqualTo("0x80");
    assertThat(Hex.encode(new RlpWriter().number(15).toBytes())).isEqualTo("0x0f");
    assertThat(Hex.encode(new RlpWriter().number(1024).toBytes())).isEqualTo("0x820400");
  }

  @Test
  void longListsAndStringsComeBack() {
    for (int length : new int[] {0, 1, 55, 56, 255, 256, 65_535, 65_536}) {
      RlpWriter writer = new RlpWriter();
      int outer = writer.beginList();
      writer.bytes(new byte[length]).word(U256.MAX);
      int inner = writer.beginList();
      writer.endList(inner).endList(outer);
      byte[] encoded = writer.toBytes();
      RlpItem.Items items = Rlp.decode(encoded).asList();
      assertThat(items.size()).isEqualTo(3);
      assertThat(items.at(0).asBytes()).hasSize(length);
      assertThat(items.at(1).asWord()).isEqualTo(U256.MAX);
      assertThat(items.at(2).asList().items()).isEmpty();
      assertThat(Rlp.encode(items)).isEqualTo(encoded).isEqualTo(items.encoded());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00ff",
        "8100",
        "817f",
        "b800",
        "b837",
        "b90000",
        "83646f",
        "c1",
        "c3836461",
        "f800",
        "ffffffffffffffffffff",
        "bfffffffffffffffffff",
        "b900ff"
      })
  void whatNoEncoderWritesIsRefused(String hex) {
    assertThatThrownBy(() -> Rlp.decode(Hex.decode(hex))).isInstanceOf(RlpException.class);
  }

  @Test
  void aTowerOfListsDoesNotBreakTheCallStack() {
    RlpWriter writer = new RlpWriter();
    int[] starts = new int[5_000];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = 0;
    }
    for (int start : starts) {
      writer.endList(start);
    }
    assertThatThrownBy(() -> Rlp.decode(writer.toBytes()))
        .isInstanceOf(RlpException.class)
        .hasMessageContaining("deeper");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
