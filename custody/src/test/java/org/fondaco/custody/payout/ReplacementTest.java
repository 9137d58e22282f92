package org.fondaco.custody.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.CUSTODY_ATTEMPTS;
import static org.fondaco.db.schema.Tables.CUSTODY_GROUPS;

import fr.acinq.bitcoin.Transaction;
import fr.acinq.bitcoin.TxIn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.fondaco.custody.address.Addresses;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.payout.utxo.UtxoRules;
import org.fondaco.custody.signer.PathKeys;
import org.fondaco.db.schema.tables.records.CustodyAttemptsRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random batches, raises and cancels before litecoind; then every signature that was ever made goes
 * out at once, in any order, and nobody may be paid twice.
 */
class ReplacementTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = 20261128)
  void whateverIsSentAgainNobodyIsPaidTwice(long seed) throws Exception {
    Random random = new Random(seed);
    UtxoRules rules = new UtxoRules(true, 30_000, false);
    try (RealCore node = RealCore.litecoind(folder, "-mempoolreplacement=1");
        World world =
            new World(ChainName.LTC, node.rpc(), rules, World.rules(1_000_000), new Random(1))) {
      String hot = world.house("HOT", 0);
      String away = text(world.script(PathKeys.publicKeyOf("m/9'")));
      node.mine(12, text(HexFormat.of().parseHex(hot)));
      node.mine(100, away);
      world.fund(World.CUSTOMER, World.LTC.id(), 100_000_000_000L);
      world.settle();
      int places = 0;
      for (int i = 0; i < 14; i++) {
        for (int k = random.nextInt(3); k > 0; k--) {
          String place = world.outside(++places);
          // Some are larger than one output, so that a raise has to add another.
          long units = random.nextBoolean() ? 4_999_995_000L : 1 + random.nextInt(900_000_000);
          world.request(World.CUSTOMER, "w" + places, World.LTC.id(), place, 50_000 + units);
        }
        if (random.nextInt(3) == 0) {
          cancelOne(world, random);
        }
        world.later(Duration.ofMinutes(random.nextInt(25)));
        world.settle();
        if (random.nextInt(4) == 0) {
          node.mine(1, away);
        }
      }
      checkConflicts(world);
      sendAllAgain(world, node, random);
      node.mine(1, away);
      sendAllAgain(world, node, random);
      node.mine(1, away);
      for (int place = 1; place <= places; place++) {
        assertThat(times(node, world.outside(place))).as("seed %d", seed).isLessThanOrEqualTo(1);
      }
    }
  }

  private static String text(byte[] script) {
    return Addresses.of(ChainName.LTC, Network.REGTEST, script).text();
  }

  private static void cancelOne(World world, Random random) {
    List<Long> open =
        world
            .database
            .jooq()
            .select(CUSTODY_GROUPS.GROUP_ID)
            .from(CUSTODY_GROUPS)
            .where(CUSTODY_GROUPS.STATE.in("INTENT", "SENDING"))
            .fetch(CUSTODY_GROUPS.GROUP_ID);
    if (!open.isEmpty()) {
      world.payouts.cancel(open.get(random.nextInt(open.size())), List.of(), "operator");
    }
  }

  private static List<CustodyAttemptsRecord> attempts(World world) {
    return new ArrayList<>(
        world
            .database
            .jooq()
            .selectFrom(CUSTODY_ATTEMPTS)
            .where(CUSTODY_ATTEMPTS.RAW.isNotNull())
            .orderBy(CUSTODY_ATTEMPTS.ATTEMPT_ID)
            .fetch());
  }

  /** Any two attempts of a group share all inputs of its first one. */
  private static void checkConflicts(World world) {
    List<CustodyAttemptsRecord> attempts = attempts(world);
    int later = 0;
    for (CustodyAttemptsRecord attempt : attempts) {
      CustodyAttemptsRecord first =
          attempts.stream()
              .filter(one -> one.getGroupId().equals(attempt.getGroupId()))
              .findFirst()
              .orElseThrow();
      assertThat(inputs(attempt)).containsAll(inputs(first));
      later += attempt.getNumber() > 0 ? 1 : 0;
    }
    assertThat(later).as("attempts after the first").isPositive();
  }

  private static Set<String> inputs(CustodyAttemptsRecord attempt) {
    Set<String> inputs = new HashSet<>();
    for (TxIn input : Transaction.read(attempt.getRaw()).txIn) {
      inputs.add(input.outPoint.txid + ":" + input.outPoint.index);
    }
    return inputs;
  }

  private static void sendAllAgain(World world, RealCore node, Random random) {
    List<CustodyAttemptsRecord> attempts = attempts(world);
    Collections.shuffle(attempts, random);
    attempts.forEach(attempt -> node.rpc().send(HexFormat.of().formatHex(attempt.getRaw())));
  }

  /** How many outputs of the whole chain pay a script. */
  private static int times(RealCore node, String script) {
    return node.call("scantxoutset", "start", List.of("raw(" + script + ")"))
        .path("unspents")
        .size();
  }
}
