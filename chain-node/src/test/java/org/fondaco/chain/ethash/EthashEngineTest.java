package org.fondaco.chain.ethash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.ObjectMapper;

class EthashEngineTest {
  private static final ChainConfig CONFIG =
      ChainConfig.read(
          new ObjectMapper().readTree("{\"chainId\":1024,\"homesteadBlock\":0,\"ethash\":{}}"));

  @TempDir private Path folder;

  private static BlockHeader header(long number, long difficulty) {
    return new BlockHeader(
        Hash.ZERO,
        BlockHeader.NO_UNCLES,
        Address.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        new byte[BlockHeader.BLOOM_BYTES],
        U256.of(difficulty),
        number,
        8_000_000,
        0,
        1_000,
        new byte[0],
        Hash.ZERO,
        0,
        null,
        null,
        null,
        null,
        null);
  }

  private EthashEngine engine() {
    return EthashEngine.open(CONFIG, EthashEpoch.Size.TINY, folder);
  }

  /** The main loop over a whole dataset finds what the light one finds, nonce for nonce. */
  @Test
  void theSearchAgreesWithTheVerifier() throws Exception {
    long seed = 42;
    Random random = new Random(seed);
    EthashEpoch epoch = EthashEpoch.of(0, EthashEpoch.Size.TINY);
    EthashCache cache = new EthashCache(epoch);
    Dataset dataset =
        new DatasetFile(folder, epoch)
            .make(cache, new DatasetGenerator(1, () -> false, percent -> {}));
    assertThat(dataset).isNotNull();
    for (int round = 0; round < 200; round++) {
      U256 difficulty = U256.of(1 + random.nextInt(40));
      byte[] bytes = new byte[Hash.BYTES];
      random.nextBytes(bytes);
      Hash sealHash = Hash.of(bytes);
      long nonce = round == 0 ? -8 : random.nextLong(); // also across 2^64
      int expected = -1;
      for (int i = NonceSearch.SIDE_BY_SIDE - 1; i >= 0; i--) {
        U256 value = Hashimoto.light(cache, sealHash, nonce + i).value().toWord();
        expected = EthashVerifier.meets(value, difficulty) ? i : expected;
      }
      assertThat(new NonceSearch(dataset, sealHash, difficulty).attempt(nonce))
          .as("seed %d round %d", seed, round)
          .isEqualTo(expected);
    }
  }

  @Test
  void sealsWhatItThenFindsGood() throws Exception {
    try (EthashEngine engine = engine()) {
      engine.setThreads(2);
      BlockHeader sealed = engine.seal(header(7, 20_000), () -> false);
      assertThat(sealed).isNotNull();
      assertThat(engine.check(sealed)).isNull();
      assertThat(sealed.sealHash()).isEqualTo(header(7, 20_000).sealHash());
      assertThat(engine.hashRate()).isPositive();
      assertThat(engine.datasetPercent()).isEqualTo(100);
    }
  }

  @Test
  void saysWhatIsWrongWithASeal() throws Exception {
    try (EthashEngine engine = engine()) {
      BlockHeader sealed = engine.seal(header(7, 1_000), () -> false);
      assertThat(sealed).isNotNull();
      assertThat(engine.check(header(7, 1_000))).isEqualTo("invalid mix digest");
      assertThat(engine.check(header(7, 0))).isEqualTo("non-positive difficulty");
      assertThat(engine.check(header(Long.MAX_VALUE, 1))).startsWith("no Ethash epoch");
      BlockHeader easy = header(7, 1);
      long nonce = 1;
      Hashimoto.Result result =
          Hashimoto.light(
              new EthashCache(EthashEpoch.of(7, EthashEpoch.Size.TINY)),
              header(7, Long.MAX_VALUE).sealHash(),
              nonce);
      assertThat(engine.check(withSeal(header(7, Long.MAX_VALUE), result.mixHash(), nonce)))
          .isEqualTo("invalid proof-of-work");
      assertThat(engine.check(easy)).isEqualTo("invalid mix digest");
      assertThatThrownBy(() -> engine.setThreads(-1)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static BlockHeader withSeal(BlockHeader header, Hash mixHash, long nonce) {
    return new BlockHeader(
        header.parentHash(),
        header.unclesHash(),
        header.coinbase(),
        header.stateRoot(),
        header.transactionsRoot(),
        header.receiptsRoot(),
        header.bloom(),
        header.difficulty(),
        header.number(),
        header.gasLimit(),
        header.gasUsed(),
        header.timestamp(),
        header.extraData(),
        mixHash,
        nonce,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void givesUpWhenNobodyWantsTheSeal() throws Exception {
    try (EthashEngine engine = engine()) {
      engine.setThreads(2);
      CountDownLatch working = new CountDownLatch(100);
      AtomicBoolean unwanted = new AtomicBoolean();
      AtomicReference<@Nullable BlockHeader> result = new AtomicReference<>(header(0, 1));
      Thread sealer =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  result.set(
                      engine.seal(
                          header(7, Long.MAX_VALUE),
                          () -> {
                            working.countDown();
                            return unwanted.get();
                          }));
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      working.await();
      unwanted.set(true);
      sealer.join();
      assertThat(result.get()).isNull();
    }
  }

  /** A word that sampling misses is found out by the first seal that rests on it. */
  @Test
  void aDatasetThatGivesAWrongSealIsMadeAgain() throws Exception {
    try (EthashEngine engine = engine()) {
      assertThat(engine.seal(header(7, 1), () -> false)).isNotNull();
      Path file = folder.resolve("tiny-R23-0000000000000000");
      byte[] good = Files.readAllBytes(file);
      byte[] bad = good.clone();
      for (int i = 8; i < bad.length; i += 2) {
        bad[i] ^= 1;
      }
      Files.write(file, bad); // under the map that the engine holds
      for (int round = 0;
          round < 50 && !java.util.Arrays.equals(Files.readAllBytes(file), good);
          round++) {
        BlockHeader sealed = engine.seal(header(7, 50 + round), () -> false);
        assertThat(sealed).isNotNull();
        assertThat(engine.check(sealed)).isNull();
      }
      assertThat(Files.readAllBytes(file)).isEqualTo(good);
    }
  }

  @Test
  void madeAheadOfTheNextEpochAndCleanedAfterIt() throws Exception {
    Path first = folder.resolve("tiny-R23-0000000000000000");
    Path second = folder.resolve("tiny-R23-290decd9548b62a8");
    try (EthashEngine engine = engine()) {
      assertThat(engine.seal(header(28_999, 1), () -> false)).isNotNull();
      assertThat(second).doesNotExist();
      assertThat(engine.seal(header(29_000, 1), () -> false)).isNotNull();
      assertThat(engine.seal(header(30_000, 1), () -> false)).isNotNull();
      assertThat(second).exists();
      assertThat(first).doesNotExist();
    }
  }

  @Test
  void difficultyFollowsTheFork() {
    EthashEngine engine = engine();
    BlockHeader parent = header(0, 1_000_000);
    assertThat(engine.difficulty(parent, false, 1_005)).isEqualTo(U256.of(1_000_488));
    assertThat(engine.difficulty(parent, false, 1_100)).isEqualTo(U256.of(995_608));
    assertThat(engine.equalTimestamps()).isFalse();
    assertThat(engine.paysRewards()).isTrue();
  }

  @Test
  void theRateIsOfTheLastSeconds() {
    AtomicLong now = new AtomicLong(-5_000_000_000L);
    HashRate rate = new HashRate(now::get);
    assertThat(rate.perSecond()).isZero();
    rate.add(1_000);
    now.addAndGet(1_000_000_000);
    rate.add(3_000);
    now.addAndGet(1_000_000_000);
    assertThat(rate.perSecond()).isEqualTo(2_000);
    now.addAndGet(8_000_000_000L);
    assertThat(rate.perSecond()).isZero();
  }
}
