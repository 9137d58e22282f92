package org.fondaco.chain.utxo.pow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.Test;

/** The hash functions against headers that everybody knows. */
class PowFunctionTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void bitcoinsGenesis() {
    byte[] header =
        header(
            "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b",
            1231006505,
            0x1d00ffff,
            2083236893);
    assertThat(text(PowFunction.SHA256D.hash(header)))
        .isEqualTo("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
  }

  @Test
  void litecoinsGenesis() {
    byte[] header =
        header(
            "97ddfbbae6be97fd6cdf3e7ca13232a3afff2353e29badfab7f73011edd4ced9",
            1317972665,
            0x1e0ffff0,
            2084524493);
    assertThat(text(PowFunction.SHA256D.hash(header)))
        .isEqualTo("12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2");
    byte[] work = PowFunction.SCRYPT.hash(header);
    assertThat(CompactTarget.isMet(work, CompactTarget.decode(0x1e0ffff0))).isTrue();
  }

  @Test
  void aSixHashGenesis() {
    byte[] header =
        header(
            "1b2ef6e2f28be914103a277377ae7729dcd125dfeb8bf97bd5964ba72b6dc39b",
            1454124731,
            0x1e0ffff0,
            2402015);
    assertThat(text(PowFunction.SIX_HASH.hash(header)))
        .isEqualTo("0000041e482b9b9691d98eefb48473405c0b8ec31b76df3797c74a78680ef818");
  }

  @Test
  void scryptIsThatOfTheLibrary() {
    long seed = 20261128;
    Random random = new Random(seed);
    PowFunction.Hasher hasher = PowFunction.SCRYPT.hasher();
    byte[] hash = new byte[PowFunction.HASH_BYTES];
    for (int i = 0; i < 50; i++) {
      byte[] header = new byte[PowFunction.HEADER_BYTES];
      random.nextBytes(header);
      hasher.hash(header, hash);
      assertThat(hash)
          .as("seed %d, header %d", seed, i)
          .isEqualTo(SCrypt.generate(header, header, 1024, 1, 1, 32));
    }
  }

  @Test
  void aSearchFindsTheNonceThatTheGenesisHas() {
    byte[] header =
        header(
            "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b",
            1231006505,
            0x1d00ffff,
            0);
    LongAdder hashes = new LongAdder();
    NonceSearch search = new NonceSearch(PowFunction.SHA256D, hashes);
    OptionalLong found =
        search.find(header, CompactTarget.decode(0x1d00ffff), 2083230000L, 1, () -> false);
    assertThat(found).hasValue(2083236893L);
    assertThat(hashes.sum()).isEqualTo(2083236893L - 2083230000L + 1);
    assertThat(text(PowFunction.SHA256D.hash(header))).startsWith("000000000019d668");
  }

  @Test
  void aCancelledSearchEnds() {
    byte[] header = new byte[PowFunction.HEADER_BYTES];
    LongAdder hashes = new LongAdder();
    assertThat(
            new NonceSearch(PowFunction.SHA256D, hashes)
                .find(header, BigInteger.ZERO, 0, 1, () -> true))
        .isEmpty();
    assertThat(hashes.sum()).isEqualTo(1024);
  }

  private static byte[] header(String merkleRoot, int time, int bits, int nonce) {
    ByteBuffer buffer = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(1).put(new byte[32]).put(reversed(HEX.parseHex(merkleRoot)));
    return buffer.putInt(time).putInt(bits).putInt(nonce).array();
  }

  private static String text(byte[] hash) {
    return HEX.formatHex(reversed(hash));
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] result = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[i] = bytes[bytes.length - 1 - i];
    }
    return result;
  }
}
