package org.fondaco.custody.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.custody.reconciliation.ModelCustody.ASSETS;
import static org.fondaco.custody.reconciliation.ModelCustody.BCH;
import static org.fondaco.custody.reconciliation.ModelCustody.BTC;
import static org.fondaco.custody.reconciliation.ModelCustody.ETH;
import static org.fondaco.custody.reconciliation.ModelCustody.LTC;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.chain.EvmNode;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.outbox.Outbox;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.custody.policy.Halts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * No false break while everything moves on four chains, and no unit that goes missing unseen.
 * {@code -Dfondaco.cuts=1000}.
 */
class ReconciliationTest {
  private static final int CUTS = Integer.getInteger("fondaco.cuts", 80);

  private final long seed = Long.getLong("fondaco.seed", 45);
  private final Map<ChainName, CoreNode> core = new EnumMap<>(ChainName.class);
  private final Map<ChainName, EvmNode> evm = new EnumMap<>(ChainName.class);
  private final ModelCustody custody =
      new ModelCustody(
          new Random(seed),
          Map.of(Subject.Kind.CUT, (t, id, c, a) -> this.reconciliation().answered(t, id, c, a)));
  private final Reconciliation reconciliation = make();

  private Reconciliation reconciliation() {
    return reconciliation;
  }

  private Reconciliation make() {
    for (Asset coin : List.of(BTC, LTC, BCH)) {
      core.put(coin.chain(), new ModelNodes.Core(custody.chain(coin)));
    }
    evm.put(ChainName.ETH, new ModelNodes.Evm(custody.chain(ETH)));
    return new Reconciliation(
        custody.lead,
        custody.database.jooq(),
        custody::totals,
        ASSETS,
        core,
        evm,
        (_, _, _, _) -> {},
        InstantSource.system(),
        Duration.ZERO);
  }

  @AfterEach
  void close() {
    custody.close();
  }

  /** Begins a cut, lets things happen, and ends it. */
  private Cut cut(int stepsBetween) {
    long id = reconciliation.begin("test");
    for (int i = 0; i < stepsBetween; i++) {
      custody.step();
    }
    while (reconciliation.byId(id).state() == Cut.State.MARKING) {
      custody.dispatcher.step();
    }
    for (int i = 0; i < stepsBetween; i++) {
      custody.step();
    }
    while (reconciliation.step()) {
      assertThat(reconciliation.byId(id).state()).isNotEqualTo(Cut.State.MARKING);
    }
    return reconciliation.byId(id);
  }

  private BigDecimal difference(Cut cut, Asset asset) {
    return cut.assets().stream()
        .filter(one -> one.asset() == asset.id())
        .map(Cut.AssetCut::difference)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void noFalseBreakUnderLoadAndEveryTermIsSeen() {
    Map<String, Integer> seen = new TreeMap<>();
    for (int i = 0; i < CUTS; i++) {
      for (int step = 0; step < 16; step++) {
        custody.step();
      }
      Cut cut = cut(custody.random.nextInt(6));
      assertThat(cut.balanced())
          .as("seed %d cut %d%n%s", seed, i, Statement.text(cut, ASSETS, reconciliation.breaks()))
          .isTrue();
      cut.assets()
          .forEach(asset ->
              asset
                  .terms()
                  .signed()
                  .forEach((term, atoms) -> {
                    if (atoms.signum() != 0) {
                      seen.merge(term, 1, Integer::sum);
                    }
                  }));
    }
    assertThat(reconciliation.breaks()).isEmpty();
    assertThat(seen.keySet())
        .as("terms that were not zero, seed %d: %s", seed, seen)
        .containsExactlyInAnyOrder(
            "liabilities",
            "seen",
            "confirmed",
            "belowMin",
            "residue",
            "unattributed",
            "writtenOffReturn",
            "paid",
            "gas",
            "creditedOrphan",
            "postedOrphan");
  }

  @Test
  void anAtomThatANodeLostHaltsTheAssetAtOnceAndAnAtomTooManyDoesNot() {
    settle();
    String key = ModelCustody.HOT + "|2";
    custody.chain(ETH).add(key, BigInteger.ONE);
    Cut surplus = cut(0);
    assertThat(difference(surplus, ETH)).isEqualByComparingTo("1");
    assertThat(halted(ETH)).isEmpty();
    long surplusBreak = reconciliation.breaks().getLast().id();
    cut(0);
    assertThat(reconciliation.breaks()).extracting(Reconciliation.Break::id).contains(surplusBreak);
    custody.chain(ETH).add(key, BigInteger.TWO.negate());
    Cut deficit = cut(0);
    assertThat(difference(deficit, ETH)).isEqualByComparingTo("-1");
    assertThat(difference(deficit, BTC)).isZero();
    assertThat(halted(ETH)).contains("cut " + deficit.id() + ": 1 atoms of ETH are missing");
    assertThat(halted(BTC)).isEmpty();
    custody.chain(ETH).add(key, BigInteger.ONE);
    assertThat(cut(0).balanced()).isTrue();
    assertThat(reconciliation.breaks()).isEmpty();
    assertThat(halted(ETH)).as("two people lift it, not luck").isPresent();
  }

  @Test
  void aUnitThatWasCreditedForNothingHaltsWhenTwoCutsAgree() {
    settle();
    custody.lead.run(t ->
        Outbox.add(
            t,
            "theft",
            new LedgerCommand.Adjust(1, 1_000, BTC.id(), 1),
            new Subject(Subject.Kind.ADJUSTMENT, 1)));
    while (custody.dispatcher.step()) {
      assertThat(halted(BTC)).isEmpty();
    }
    assertThat(difference(cut(0), BTC)).isEqualByComparingTo("-1");
    assertThat(halted(BTC)).isEmpty();
    Reconciliation.Break first = reconciliation.breaks().getFirst();
    assertThat(reconciliation.own(first.id(), "anna")).isTrue();
    assertThat(difference(cut(0), BTC)).isEqualByComparingTo("-1");
    assertThat(halted(BTC)).isPresent();
    Reconciliation.Break again = reconciliation.breaks().getFirst();
    assertThat(again.openedAt()).as("age survives").isEqualTo(first.openedAt());
    assertThat(again.owner()).isEqualTo("anna");
    assertThat(again.seenAt()).isAfter(first.seenAt());
  }

  @Test
  void everyTheftOfAnAtomIsFoundWhileEverythingMoves() {
    settle();
    for (int i = 0; i < CUTS / 10; i++) {
      custody.step();
      Asset asset = ASSETS.get(custody.random.nextInt(ASSETS.size()));
      List<String> keys = held(asset);
      while (keys.isEmpty()) {
        custody.step();
        keys = held(asset);
      }
      String key = keys.get(custody.random.nextInt(keys.size()));
      custody.chain(asset).add(key, BigInteger.ONE.negate());
      assertThat(difference(cut(0), asset)).as("seed %d", seed).isEqualByComparingTo("-1");
      custody.chain(asset).add(key, BigInteger.ONE);
      assertThat(cut(0).balanced()).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void aNodeThatIsElsewhereIsInconclusiveAfterFiveTriesAndNoBreak() {
    settle();
    custody
        .database
        .jooq()
        .execute("update custody_chains set cursor_hash = '\\x00' where chain = 'BTC'");
    Cut cut = cut(0);
    assertThat(cut.state()).isEqualTo(Cut.State.INCONCLUSIVE);
    assertThat(cut.note()).contains("BTC: the node's best block is not the cursor");
    assertThat(cut.assets()).isEmpty();
    assertThat(reconciliation.breaks()).isEmpty();
  }

  @Test
  void aCutThatAProcessLeftUnfinishedIsDiscarded() {
    long id = reconciliation.begin("test");
    assertThat(reconciliation.begin("somebody else")).isEqualTo(id);
    reconciliation.discardUnfinished();
    while (custody.dispatcher.step()) {
      assertThat(reconciliation.step()).isFalse();
    }
    assertThat(reconciliation.byId(id).state()).isEqualTo(Cut.State.DISCARDED);
    assertThat(cut(0).balanced()).isTrue();
    assertThat(reconciliation.latest().orElseThrow().id()).isEqualTo(id + 1);
  }

  private List<String> held(Asset asset) {
    return custody.chain(asset).state.entrySet().stream()
        .filter(entry -> entry.getValue().signum() > 0)
        .map(Map.Entry::getKey)
        .filter(key -> asset.chain().hasOutputs() || key.endsWith("|" + asset.id()))
        .toList();
  }

  private void settle() {
    for (int i = 0; i < 250; i++) {
      custody.step();
    }
  }

  private Optional<String> halted(Asset asset) {
    return custody.lead.result(t -> Halts.reason(t, asset.id()));
  }
}
