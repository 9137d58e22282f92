package org.fondaco.chain.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.word.Hash;
import org.junit.jupiter.api.Test;

/** Against the vector of Bitcoin Core's crypto_tests, and as a set. */
class MuHashTest {
  private static final long SEED = 20_261_128;

  private static byte[] member(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return bytes;
  }

  private static String text(MuHash hash) {
    return Reversed.text(Hash.of(hash.digest()));
  }

  @Test
  void coresVector() {
    MuHash hash = new MuHash();
    hash.insert(member(0));
    hash.insert(member(1));
    hash.remove(member(2));
    assertThat(text(hash))
        .isEqualTo("10d312b100cbd32ada024a6646e40d3482fcff103668d2625f10002a607d5863");
  }

  @Test
  void orderDoesNotMatterAndWhatIsTakenOutIsGone() {
    List<byte[]> members = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      members.add(HexFormat.of().parseHex(String.format("%064x", i * 7_919L)));
    }
    MuHash one = new MuHash();
    members.forEach(one::insert);
    Collections.shuffle(members, new Random(SEED));
    MuHash other = new MuHash();
    other.insert(member(9));
    members.forEach(other::insert);
    assertThat(text(other)).isNotEqualTo(text(one));
    other.remove(member(9));
    assertThat(text(other)).isEqualTo(text(one));
  }
}
