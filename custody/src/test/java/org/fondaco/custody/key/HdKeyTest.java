package org.fondaco.custody.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fr.acinq.bitcoin.DeterministicWallet;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** BIP-32's vectors, and the library's tree beside ours. */
class HdKeyTest {
  private static final long SEED = 20261128;

  @Test
  void theOfficialVectors() throws Exception {
    byte[] seed = new byte[0];
    int checked = 0;
    for (String line : Resource.lines("bip32.txt")) {
      String[] parts = line.split(" ");
      if (parts[0].equals("seed")) {
        seed = HexFormat.of().parseHex(parts[1]);
        continue;
      }
      try (HdKey key = HdKey.derive(seed, KeyPath.parse(parts[0]))) {
        assertThat(key.extendedPublicKey().encode(DeterministicWallet.xpub)).isEqualTo(parts[1]);
        checked++;
      }
    }
    assertThat(checked).isEqualTo(12);
  }

  /** BIP-32's third and fourth vector are about keys that begin with zeros. */
  @Test
  void theLibraryAgreesOnRandomPathsAndOnKeysThatBeginWithZeros() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100; i++) {
      byte[] seed = new byte[64];
      random.nextBytes(seed);
      KeyPath path = KeyPath.MASTER;
      for (int depth = random.nextInt(6); depth > 0; depth--) {
        int index = random.nextInt(Integer.MAX_VALUE);
        path = random.nextBoolean() ? path.child(index) : path.hardened(index);
      }
      assertThatTheLibraryAgrees(seed, path);
    }
    for (String seed :
        new String[] {
          "4b381541583be4423346c643850da4b320e46a87ae3d2a4e6da11eba819cd4acba45d239319ac14f863b8d5ab5a0d0c64d2e8a1e7d1457df2e5a3c51c73235be",
          "3ddd5602285899a946114506157c7997e5444528f3003f6134712147db19b678"
        }) {
      assertThatTheLibraryAgrees(HexFormat.of().parseHex(seed), KeyPath.parse("m/0'/1'"));
    }
  }

  private static void assertThatTheLibraryAgrees(byte[] seed, KeyPath path) {
    DeterministicWallet.ExtendedPrivateKey theirs =
        DeterministicWallet.derivePrivateKey(DeterministicWallet.generate(seed), path.toString());
    try (HdKey ours = HdKey.derive(seed, path)) {
      assertThat(ours.secret())
          .as("seed %d, path %s", SEED, path)
          .isEqualTo(theirs.secretkeybytes.toByteArray());
      assertThat(ours.extendedPublicKey().encode(true))
          .isEqualTo(theirs.getExtendedPublicKey().encode(true));
      assertThat(ours.path()).isEqualTo(path);
    }
  }

  @Test
  void aClosedKeyIsOverwritten() {
    HdKey key = HdKey.master(new byte[64]);
    byte[] secret = key.secret();
    assertThat(secret).isNotEqualTo(new byte[32]);
    key.close();
    assertThat(secret).isEqualTo(new byte[32]);
    assertThat(key.toString()).isEqualTo("key m");
  }

  @Test
  void pathsAreReadAsTheyAreWritten() {
    for (String text : new String[] {"m", "m/0", "m/84'/0'/0'/0/2147483647", "m/2147483647'"}) {
      assertThat(KeyPath.parse(text).toString()).isEqualTo(text);
    }
    for (String text :
        new String[] {"", "0/1", "m/", "m//1", "m/-1", "m/2147483648", "m/01", "m/1h", "M/1"}) {
      assertThatIllegalArgumentException().as(text).isThrownBy(() -> KeyPath.parse(text));
    }
    for (String text : new String[] {"m/84'/0'/1'/0/3", "watched:m/84'/0'/3'/0/1", "hsm:hot-eth"}) {
      assertThat(KeyRef.parse(text).toString()).isEqualTo(text);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> KeyRef.parse("hsm:a/b"));
  }
}
