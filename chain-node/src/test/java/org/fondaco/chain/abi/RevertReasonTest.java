package org.fondaco.chain.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.List;
import org.fondaco.chain.word.Hex;
import org.junit.jupiter.api.Test;

class RevertReasonTest {
  @Test
  void errorsAndPanicsAreRead() {
    assertThat(RevertReason.of(data("08c379a0", "string", "too little"))).isEqualTo("too little");
    assertThat(RevertReason.of(data("4e487b71", "uint256", BigInteger.valueOf(0x11))))
        .isEqualTo("arithmetic underflow or overflow");
    assertThat(RevertReason.of(data("4e487b71", "uint256", BigInteger.ONE.shiftLeft(200))))
        .isEqualTo("unknown panic code: 0x1" + "0".repeat(50));
  }

  @Test
  void anythingElseHasNoReason() {
    assertThat(RevertReason.of(new byte[0])).isNull();
    assertThat(RevertReason.of(Hex.decode("08c379a0"))).isNull();
    assertThat(RevertReason.of(Hex.decode("08c379a0" + "ff".repeat(64)))).isNull();
    assertThat(RevertReason.of(data("01020304", "uint256", BigInteger.ONE))).isNull();
  }

  private static byte[] data(String selector, String type, Object value) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(Hex.decode(selector));
    data.writeBytes(AbiEncoder.encode(List.of(type), List.of(value)));
    return data.toByteArray();
  }
}
