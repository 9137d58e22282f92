package org.fondaco.chain.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeccakTest {
  @Test
  void thePaddingIsTheOneFromBeforeFips202() {
    assertThat(Keccak.EMPTY)
        .hasToString("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    assertThat(Keccak.hash("abc".getBytes(StandardCharsets.US_ASCII)))
        .hasToString("0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
    assertThat(Keccak.hash512(new byte[0])).startsWith(0x0e, 0xab, 0x42, 0xde).hasSize(64);
  }
}
