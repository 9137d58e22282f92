package org.fondaco.chain.ethash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EthashTest {
  /** Blocks of the main network: number, seal hash, nonce, mix hash, value, difficulty. */
  @ParameterizedTest
  @CsvSource({
    "1,0x85913a3057ea8bec78cd916871ca73802e77724e014dda65add3405d02240eb7,539bd4979fef1ec4,"
        + "0x969b900de27b6ac6a67742365dd65f55a0526c41fd18e1b16f1a1215c2e66f59,"
        + "0x000000002bc095dd4de049873e6302c3f14a7f2e5b5a1f60cdf1f1798164d610,17171480576",
    "123456,0xad896938ef53ff923b4336d03573d52c69097dabf8734d71b9546d31db603121,f4b883fed83092b2,"
        + "0x84d4162717b039a996ffaf59a54158443c62201b76170b02dbad626cca3226d5,"
        + "0x00000000000fb25dfcfe2fcdc9a63c892ce795aba4380513a9705489bf247b07,4505282870523",
    "1000865,0xcc868f6114e4cadc3876e4ca4e0705b2bcb76955f459bb019a80d72a512eefdb,c6613bcf40e716d6,"
        + "0xce47e0609103ac85d56bf1637e51afd28e29431f47c11df47db80a63d95efbae,"
        + "0x000000000015de37404be3c9beda75e12ae41ef7c937dcd52130cfc3b389bf42,12652630789208",
  })
  void knowsTheMainNetwork(
      long number, String sealHash, String nonce, String mixHash, String value, long difficulty) {
    EthashCache cache = new EthashCache(EthashEpoch.of(number, EthashEpoch.Size.FULL));
    Hashimoto.Result result =
        Hashimoto.light(cache, Hash.parse(sealHash), Long.parseUnsignedLong(nonce, 16));
    assertThat(result).isEqualTo(new Hashimoto.Result(Hash.parse(mixHash), Hash.parse(value)));
    assertThat(EthashVerifier.meets(result.value().toWord(), U256.of(difficulty))).isTrue();
    assertThat(EthashVerifier.meets(result.value().toWord(), U256.MAX)).isFalse();
  }

  @Test
  void seedsChangeWithTheEpochAndEpochsEnd() {
    assertThat(EthashEpoch.of(29_999, EthashEpoch.Size.FULL).number()).isZero();
    assertThat(EthashEpoch.of(30_000, EthashEpoch.Size.FULL).seedHash())
        .isEqualTo(Hex.encode(Keccak.hash256(new byte[32])).substring(2));
    assertThatThrownBy(() -> EthashEpoch.of(-1, EthashEpoch.Size.FULL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(EthashEpoch.of(30_000, EthashEpoch.Size.TINY).cacheBytes()).isEqualTo(1024);
  }

  @Test
  void theReducedSpongeIsKeccak() {
    SealHash hash = new SealHash();
    byte[] input = new byte[64];
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) (7 * i);
    }
    Words.toLanes(input, 8, hash.lanes());
    hash.keccak512(8);
    byte[] output = new byte[64];
    Words.toBytes(hash.lanes(), 8, output);
    assertThat(output).isEqualTo(Keccak.hash512(input));
  }
}
