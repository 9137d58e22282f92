package org.fondaco.custody.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fr.acinq.bitcoin.MnemonicCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** BIP-39's vectors, which its reference implementation publishes, and the library beside ours. */
class MnemonicTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final long SEED = 20261128;

  @Test
  void theOfficialVectors() throws Exception {
    List<String> vectors = Resource.lines("bip39.txt");
    assertThat(vectors).hasSize(16);
    for (String vector : vectors) {
      String[] parts = vector.split("\\|");
      byte[] entropy = HEX.parseHex(parts[0]);
      assertThat(text(Mnemonic.words(entropy))).isEqualTo(parts[1]);
      assertThat(Mnemonic.entropy(ascii(parts[1]))).isEqualTo(entropy);
      assertThat(HEX.formatHex(Mnemonic.seed(entropy, ascii("TREZOR")))).isEqualTo(parts[2]);
    }
  }

  @Test
  void theLibraryAgrees() {
    Random random = new Random(SEED);
    for (int i = 0; i < 50; i++) {
      byte[] entropy = new byte[16 + 4 * random.nextInt(5)];
      random.nextBytes(entropy);
      byte[] words = Mnemonic.words(entropy);
      assertThat(text(words))
          .as("seed %d, case %d", SEED, i)
          .isEqualTo(String.join(" ", MnemonicCode.toMnemonics(entropy)));
      assertThat(Mnemonic.seed(entropy, new byte[0]))
          .isEqualTo(MnemonicCode.toSeed(text(words), ""));
    }
  }

  @Test
  void peopleWriteWordsAsTheyLike() {
    assertThat(
            Mnemonic.entropy(
                ascii(
                    "\n  Abandon abandon\tABANDON abandon abandon abandon  abandon abandon abandon"
                        + " abandon abandon\r\nabout \n")))
        .isEqualTo(new byte[16]);
  }

  @Test
  void whatIsWrongIsSaid() {
    String right = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mnemonic.entropy(ascii(right.replace("wave", "wafe"))))
        .withMessage("word 5 is not in BIP-39's English list");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mnemonic.entropy(ascii(right.replace("wave", "water"))))
        .withMessageContaining("checksum");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mnemonic.entropy(ascii("legal winner thank")))
        .withMessageContaining("not 3");
    assertThatIllegalArgumentException().isThrownBy(() -> Mnemonic.words(new byte[33]));
  }

  @Test
  void newEntropyIsNotTheSameTwice() {
    byte[] entropy = Mnemonic.newEntropy();
    assertThat(entropy).hasSize(32);
    assertThat(Arrays.equals(entropy, Mnemonic.newEntropy())).isFalse();
    assertThat(text(Mnemonic.words(entropy)).split(" ")).hasSize(24);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(byte[] ascii) {
    return new String(ascii, StandardCharsets.US_ASCII);
  }
}
