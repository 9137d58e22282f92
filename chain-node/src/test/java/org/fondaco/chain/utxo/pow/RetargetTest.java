package org.fondaco.chain.utxo.pow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fondaco.chain.utxo.consensus.Networks;
import org.junit.jupiter.api.Test;

/** The next target against numbers of real chains and of the specifications. */
class RetargetTest {
  private static final BigInteger BITCOIN_LIMIT = CompactTarget.decode(0x1d00ffff);
  private static final Retarget.Periodic BITCOIN =
      new Retarget.Periodic(BITCOIN_LIMIT, 600, 2016, false, false);
  private static final Retarget.Asert ASERT =
      new Retarget.Asert(BITCOIN_LIMIT, 661_647, 1_605_447_844, 0x1804dafe, 600, 172_800, false);

  /** Times and bits by height, as sparse as a test needs; everything else repeats the first. */
  private record Line(int first, List<Long> times, List<Integer> bits) implements HeaderBranch {
    @Override
    public int tip() {
      return first + times.size() - 1;
    }

    @Override
    public long timeSeconds(int height) {
      return times.get(Math.max(0, height - first));
    }

    @Override
    public int bits(int height) {
      return bits.get(Math.max(0, height - first));
    }

    @Override
    public BigInteger chainWork(int height) {
      BigInteger sum = BigInteger.ZERO;
      for (int i = first; i <= height; i++) {
        sum = sum.add(CompactTarget.work(bits(i)));
      }
      return sum;
    }
  }

  /** Bitcoin's blocks 30240 to 32255, 0 to 2015, 66528 to 68543 and 46367. */
  @Test
  void bitcoinsPeriods() {
    assertThat(BITCOIN.scaled(0x1d00ffff, 1262152739L - 1261130161L)).isEqualTo(0x1d00d86a);
    assertThat(BITCOIN.scaled(0x1d00ffff, 1233061996L - 1231006505L)).isEqualTo(0x1d00ffff);
    assertThat(BITCOIN.scaled(0x1c05a3f4, 1279297671L - 1279008237L)).isEqualTo(0x1c0168fd);
    assertThat(BITCOIN.scaled(0x1c387f6f, 1269211443L - 1263163443L)).isEqualTo(0x1d00e1fd);
  }

  /** Blocks 30240 to 32255 and the first block of another target, 32256, as a chain has them. */
  @Test
  void bitcoinsFirstChange() {
    List<Long> times = new ArrayList<>(java.util.Collections.nCopies(2016, 1_261_130_161L));
    times.set(2015, 1_262_152_739L);
    Line line = new Line(30_240, times, java.util.Collections.nCopies(2016, 0x1d00ffff));
    assertThat(Networks.bitcoin().retarget().next(line, 1_262_153_464L)).isEqualTo(0x1d00d86a);
    assertThat(Networks.bitcoinCash().retarget().next(line, 1_262_153_464L)).isEqualTo(0x1d00d86a);
  }

  /** Litecoin's blocks 278208 to 280223, its first period, and both limits, by its own tests. */
  @Test
  void litecoinsPeriods() {
    Retarget.Periodic litecoin = (Retarget.Periodic) Networks.litecoin().retarget();
    assertThat(litecoin.scaled(0x1c0ac141, 1358378777L - 1358118740L)).isEqualTo(0x1c093f8d);
    assertThat(litecoin.scaled(0x1e0ffff0, 1318480354L - 1317972665L)).isEqualTo(0x1e0fffff);
    assertThat(litecoin.scaled(0x1b075cf1, 1401757934L - 1401682934L)).isEqualTo(0x1b01d73c);
    assertThat(litecoin.scaled(0x1b015318, 1464900315L - 1463690315L)).isEqualTo(0x1b054c60);
  }

  @Test
  void bitcoinLeavesTheTargetWithinAPeriodAndCountsOneBlockTooFew() {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 2016; i++) {
      times.add(1_231_006_505L + 1_200L * i);
    }
    List<Integer> bits = java.util.Collections.nCopies(2016, 0x1c7fffff);
    Line whole = new Line(0, times, bits);
    Line shorter = new Line(0, times.subList(0, 2015), bits);
    assertThat(BITCOIN.next(shorter, 0)).isEqualTo(0x1c7fffff);
    // 2015 gaps of twice the spacing, over 2016.
    assertThat(CompactTarget.decode(BITCOIN.next(whole, 0)))
        .isEqualTo(
            CompactTarget.decode(
                CompactTarget.encode(
                    CompactTarget.decode(0x1c7fffff)
                        .multiply(BigInteger.valueOf(2015 * 1200))
                        .divide(BigInteger.valueOf(2016 * 600)))));
  }

  @Test
  void litecoinCountsTheGapBeforeThePeriodExceptInTheFirst() {
    Retarget.Periodic litecoin = new Retarget.Periodic(BITCOIN_LIMIT, 600, 4, true, false);
    List<Integer> bits = java.util.Collections.nCopies(8, 0x1c7fffff);
    Line first = new Line(0, List.of(0L, 600L, 1200L, 1800L), bits.subList(0, 4));
    assertThat(litecoin.next(first, 0)).isEqualTo(litecoin.scaled(0x1c7fffff, 1800));
    Line second = new Line(0, List.of(0L, 1L, 2L, 3L, 2403L, 2404L, 2405L, 2406L), bits);
    assertThat(litecoin.next(second, 0)).isEqualTo(litecoin.scaled(0x1c7fffff, 2403));
  }

  @Test
  void testNetworksFallToTheMinimumAndComeBack() {
    Retarget.Periodic test = new Retarget.Periodic(BITCOIN_LIMIT, 600, 2016, false, true);
    Line line =
        new Line(
            3,
            List.of(0L, 600L, 1801L),
            List.of(0x1c7fffff, 0x1c7fffff, CompactTarget.encode(BITCOIN_LIMIT)));
    assertThat(test.next(line, 1801 + 1201)).isEqualTo(0x1d00ffff);
    assertThat(test.next(line, 1801 + 1200)).isEqualTo(0x1c7fffff);
  }

  /** On schedule the target stays; a half-life behind it doubles, ahead it halves. */
  @Test
  void asertFollowsItsSchedule() {
    int bits = 0x1802aee8;
    Retarget.Asert anchor = new Retarget.Asert(BITCOIN_LIMIT, 1, 0, bits, 600, 172_800, false);
    assertThat(anchor.at(600 * 101, 100)).isEqualTo(bits);
    assertThat(CompactTarget.decode(anchor.at(600 * 101 + 172_800, 100)))
        .isEqualTo(CompactTarget.decode(bits).shiftLeft(1));
    assertThat(CompactTarget.decode(anchor.at(600 * 101 - 172_800, 100)))
        .isEqualTo(CompactTarget.decode(bits).shiftRight(1));
    assertThat(anchor.at(Integer.MAX_VALUE, 100)).isEqualTo(0x1d00ffff);
    assertThat(anchor.at(0, 100_000_000)).isEqualTo(0x01010000);
  }

  /** The integer polynomial stays within the specification's 0.013 % of the true exponential. */
  @Test
  void asertIsNearTheExponential() {
    long seed = 20261128;
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      long blocks = random.nextInt(100_000);
      long late = random.nextLong(-900_000, 900_000);
      int bits = ASERT.at(600 * (blocks + 1) + late, blocks);
      double expected =
          CompactTarget.decode(0x1804dafe).doubleValue() * Math.pow(2, late / 172_800.0);
      double ratio = CompactTarget.decode(bits).doubleValue() / expected;
      assertThat(ratio).as("seed %d, case %d", seed, i).isBetween(0.9995, 1.0005);
    }
  }

  @Test
  void bitcoinCashMakesItEasierAfterTwelveHoursWithoutBlocks() {
    Retarget.BitcoinCash cash = new Retarget.BitcoinCash(BITCOIN, 478_558, 504_031, ASERT);
    int bits = 0x18014735;
    List<Long> slow = new ArrayList<>();
    List<Long> fast = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      slow.add(1_501_593_374L + 7_201L * i);
      fast.add(1_501_593_374L + 7_199L * i);
    }
    List<Integer> same = java.util.Collections.nCopies(30, bits);
    assertThat(cash.next(new Line(478_560, fast, same), 0)).isEqualTo(bits);
    BigInteger target = CompactTarget.decode(bits);
    assertThat(cash.next(new Line(478_560, slow, same), 0))
        .isEqualTo(CompactTarget.encode(target.add(target.shiftRight(2))));
  }

  @Test
  void bitcoinCashsAverageKeepsASteadyChainSteady() {
    Retarget.BitcoinCash cash = new Retarget.BitcoinCash(BITCOIN, 478_558, 504_031, ASERT);
    List<Long> steady = new ArrayList<>();
    List<Long> twice = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      steady.add(1_510_600_000L + 600L * i);
      twice.add(1_510_600_000L + 300L * i);
    }
    List<Integer> same = java.util.Collections.nCopies(200, 0x18014735);
    BigInteger target = CompactTarget.decode(0x18014735);
    BigInteger kept = CompactTarget.decode(cash.next(new Line(504_100, steady, same), 0));
    BigInteger halved = CompactTarget.decode(cash.next(new Line(504_100, twice, same), 0));
    assertThat(kept.doubleValue() / target.doubleValue()).isBetween(0.9999, 1.0001);
    assertThat(halved.doubleValue() / target.doubleValue()).isBetween(0.4999, 0.5001);
  }

  @Test
  void everyBlockFollowsTheTimeOfTheLast24() {
    Retarget.EveryBlock rule = new Retarget.EveryBlock(BITCOIN_LIMIT, 60);
    List<Long> slow = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      slow.add(120L * i);
    }
    List<Integer> same = java.util.Collections.nCopies(30, 0x1c0fffff);
    assertThat(CompactTarget.decode(rule.next(new Line(0, slow, same), 0)))
        .isEqualTo(
            CompactTarget.decode(
                CompactTarget.encode(
                    CompactTarget.decode(0x1c0fffff)
                        .multiply(BigInteger.valueOf(23 * 120))
                        .divide(BigInteger.valueOf(24 * 60)))));
    assertThat(rule.next(new Line(0, slow.subList(0, 24), same), 0)).isEqualTo(0x1d00ffff);
  }

  @Test
  void bitsReadAsBitcoinCoreReadsThem() {
    assertThat(CompactTarget.decode(0)).isZero();
    assertThat(CompactTarget.decode(0x00123456)).isZero();
    assertThat(CompactTarget.decode(0x01123456)).isEqualTo(0x12);
    assertThat(CompactTarget.decode(0x02123456)).isEqualTo(0x1234);
    assertThat(CompactTarget.decode(0x04923456)).isEqualTo(-0x12345600L);
    assertThat(CompactTarget.encode(BigInteger.valueOf(0x80))).isEqualTo(0x02008000);
    assertThat(CompactTarget.encode(BigInteger.valueOf(0x12345600))).isEqualTo(0x04123456);
    assertThat(CompactTarget.isValid(0x04923456, BITCOIN_LIMIT)).isFalse();
    assertThat(CompactTarget.isValid(0x1d010000, BITCOIN_LIMIT)).isFalse();
    assertThat(CompactTarget.isValid(0x1d00ffff, BITCOIN_LIMIT)).isTrue();
    assertThat(CompactTarget.work(0x1d00ffff)).isEqualTo(0x100010001L);
  }
}
