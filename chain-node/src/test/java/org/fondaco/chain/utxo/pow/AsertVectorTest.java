package org.fondaco.chain.utxo.pow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * ASERT against Bitcoin Cash Node's test vectors of aserti3-2d (qa-assets, test_vectors). Of each
 * run, whose number is first, some lines; those that it says to be a rule are made by the rule.
 */
class AsertVectorTest {
  private static final BigInteger LIMIT = CompactTarget.decode(0x1d00ffff);
  private static final int HALF_LIFE_SECONDS = 172_800;

  private static Retarget.Asert anchor(String bits) {
    return new Retarget.Asert(LIMIT, 1, 0, bits(bits), 600, HALF_LIFE_SECONDS, false);
  }

  private static int bits(String text) {
    return Integer.parseUnsignedInt(text, 16);
  }

  /** Runs 1, 2, 3: ten blocks on schedule. */
  @ParameterizedTest
  @CsvSource({"1d00ffff", "1a2b3c4d", "01010000"})
  void onSchedule(String bits) {
    for (int height = 2; height <= 11; height++) {
      assertThat(anchor(bits).at(600L * height, height - 1)).isEqualTo(bits(bits));
    }
  }

  /** Run 4: from the hardest target, each block a half-life later than it should be. */
  @ParameterizedTest
  @CsvSource({
    "1,01020000",
    "6,01400000",
    "7,02008000",
    "15,03008000",
    "100,0d100000",
    "150,13400000",
    "207,1b008000",
    "222,1c400000",
    "223,1d008000",
    "224,1d00ffff",
    "225,1d00ffff"
  })
  void doubling(int line, String expected) {
    long height = line + 1L;
    long seconds = 174_000 + (line - 1) * 173_400L;
    assertThat(anchor("01010000").at(seconds, height - 1)).isEqualTo(bits(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "1,1d00fec5",
    "2,1c7f62c0",
    "3,1c3fb160",
    "9,1c00fec5",
    "10,1b7f62c0",
    "100,101fd8b0",
    "200,0401fd8b",
    "209,0300fec5",
    "210,027f6200",
    "213,020fec00",
    "217,0200fe00",
    "218,017f0000",
    "222,01070000",
    "224,01010000",
    "225,01010000"
  })
  void run5HalvesByJumpsInHeight(int line, String expected) {
    long height = 2 + (line - 1) * 288L;
    assertThat(anchor("1d00ffff").at(0, height - 1)).isEqualTo(bits(expected));
  }

  /** Runs 6, 7 and 8: random times while the hash rate is steady, grows, falls. */
  @ParameterizedTest
  @CsvSource({
    "6,2,1200,1802aee8",
    "6,3,1310,1802ad91",
    "6,9,7099,1802b39c",
    "6,55,38049,1802bcfe",
    "6,100,63111,1802b78d",
    "6,200,125018,1802bce8",
    "6,333,210480,1802cd0a",
    "6,500,299790,1802ae55",
    "6,552,338121,1802c249",
    "6,620,378438,1802c0ec",
    "7,12,8141,1802b181",
    "7,50,16870,18028bbb",
    "7,101,20372,18024899",
    "7,156,22647,180204bd",
    "7,250,25770,1801a154",
    "7,344,27633,18014f59",
    "7,400,28361,180125ed",
    "7,458,29033,1801004a",
    "7,500,29547,1800e81f",
    "7,600,30765,1800b765",
    "8,22,33606,1802e994",
    "8,54,111773,1803b056",
    "8,100,333016,18080571",
    "8,150,662303,181aa584",
    "8,188,1140450,1900a58c",
    "8,250,2101636,191a522b",
    "8,352,3950808,1b0085ea",
    "8,426,5430357,1c00a57c",
    "8,481,6842136,1d00a31a",
    "8,485,6993399,1d00ffff",
    "8,501,7462933,1d00ffff"
  })
  void randomTimes(int run, long height, long seconds, String expected) {
    assertThat(anchor("1802aee8").at(seconds, height - 1))
        .as("run %d, height %d", run, height)
        .isEqualTo(bits(expected));
  }

  /** Runs 9 and 10: across the ends of signed heights and times; only the distance counts. */
  @ParameterizedTest
  @CsvSource({
    "300,1802ae16 1802ad44 1802ac71 1802ab9e 1802aacd 1802a9fa 1802a929 1802a858 1802a787 1802a6b7",
    "900,1802afbb 1802b08f 1802b166 1802b23a 1802b30e 1802b3e5 1802b4bb 1802b592 1802b669 1802b73d"
  })
  void earlyAndLate(int spacingSeconds, String expected) {
    String[] lines = expected.split(" ");
    for (int i = 0; i < lines.length; i++) {
      long seconds = 600 + spacingSeconds * (i + 1L);
      assertThat(anchor("1802aee8").at(seconds, i + 1)).as("line %d", i).isEqualTo(bits(lines[i]));
    }
  }
}
