package org.fondaco.chain.utxo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.fondaco.chain.word.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 0xfc, 0xfd, 0xffff, 0x10000, 0xffff_ffffL, 0x1_0000_0000L, -1})
  void aCompactSizeComesBack(long value) {
    byte[] bytes = new WireWriter().size(value).toBytes();
    assertThat(bytes).hasSize(WireWriter.sizeBytes(value));
    assertThat(new WireReader(bytes).compactSize()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fd0000",
        "fdfc00",
        "fe00000000",
        "feffff0000",
        "ff0000000000000000",
        "ffffffffff00000000"
      })
  void aCompactSizeThatIsTooLongIsRefused(String hex) {
    assertThatThrownBy(() -> new WireReader(HEX.parseHex(hex)).compactSize())
        .isInstanceOf(WireException.class)
        .hasMessage("non-canonical ReadCompactSize()");
  }

  @Test
  void aSizeAboveTheLimitIsRefusedBeforeMemoryIsTaken() {
    byte[] bytes = new WireWriter().size(WireReader.SIZE_MAX + 1L).toBytes();
    assertThatThrownBy(() -> new WireReader(bytes).prefixed())
        .hasMessage("ReadCompactSize(): size too large");
    byte[] lie = new WireWriter().size(WireReader.SIZE_MAX).toBytes();
    assertThatThrownBy(() -> new WireReader(lie).count(41)).hasMessage("end of data");
    assertThatThrownBy(() -> new WireReader(lie).prefixed()).hasMessage("end of data");
  }

  @Test
  void integersAreLittleEndian() {
    byte[] bytes =
        new WireWriter(1).int32(0x01020304).int64(-2).uint16(0xabcd).uint8(255).toBytes();
    assertThat(HEX.formatHex(bytes)).isEqualTo("04030201feffffffffffffffcdabff");
    WireReader reader = new WireReader(bytes);
    assertThat(reader.int32()).isEqualTo(0x01020304);
    assertThat(reader.int64()).isEqualTo(-2);
    assertThat(reader.uint16()).isEqualTo(0xabcd);
    assertThat(reader.uint8()).isEqualTo(255);
    reader.end();
  }

  @Test
  void nothingMayFollow() {
    assertThatThrownBy(() -> new WireReader(new byte[2]).end()).hasMessage("2 bytes too many");
  }

  @Test
  void hashesAreShownFromTheirLastByte() {
    byte[] bytes = new byte[32];
    bytes[0] = 1;
    assertThat(Reversed.text(Hash.of(bytes))).startsWith("00").endsWith("01");
    assertThat(Reversed.parse(Reversed.text(Hash.of(bytes)))).isEqualTo(Hash.of(bytes));
  }
}
