package org.fondaco.custody.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.reconciliation.Cut;
import org.fondaco.custody.reconciliation.Statement;
import org.junit.jupiter.api.Test;

/**
 * The real custody under load, chains mining and reorganising between a cut's Mark and its look at
 * the nodes: no false break, and every atom that is missing is found. {@code -Dfondaco.cuts=1000}.
 */
class CutsUnderLoadTest {
  private static final int CUTS = Integer.getInteger("fondaco.cuts", 24);
  private static final int THEFT_EVERY = 4;

  private final long seed = Long.getLong("fondaco.seed", 46);
  private final Random random = new Random(seed);
  private final Simulation simulation = new Simulation(Simulation.Plan.of(seed, 0));
  private final Venue venue = simulation.venue;
  private int retried;

  @Test
  void noFalseBreakAndNoAtomMissedUnseen() {
    try (simulation) {
      simulation.begin();
      for (int i = 0; i < CUTS; i++) {
        boolean theft = i % THEFT_EVERY == THEFT_EVERY - 1;
        move(3 + random.nextInt(4));
        Asset robbed = theft ? rob() : null;
        Cut cut = cut(theft);
        String statement =
            "seed %d cut %d%n%s"
                .formatted(
                    seed,
                    i,
                    Statement.text(cut, venue.assets(), venue.custody.reconciliation().breaks()));
        for (Cut.AssetCut asset : cut.assets()) {
          boolean hit = robbed != null && robbed.id() == asset.asset();
          assertThat(asset.difference())
              .as(statement)
              .isEqualByComparingTo(hit ? BigDecimal.ONE.negate() : BigDecimal.ZERO);
        }
        if (robbed != null) {
          found(robbed, statement);
        }
      }
      assertThat(cut(true).balanced()).isTrue();
      System.getLogger("cuts")
          .log(Level.INFO, "seed {0}: {1} cuts, {2} taken again", seed, CUTS, retried);
    }
  }

  private void move(int actions) {
    for (int i = 0; i < actions; i++) {
      simulation.log.add(simulation.traffic(random));
      for (int steps = random.nextInt(5); steps > 0; steps--) {
        venue.custody.step();
      }
    }
  }

  /** A cut that came to an end; nothing happens meanwhile but custody's own steps when quiet. */
  private Cut cut(boolean quiet) {
    while (true) {
      long id = venue.custody.reconciliation().begin("test");
      Cut cut = venue.custody.reconciliation().byId(id);
      for (int i = 0; cut.finishedAt() == null; i++) {
        if (!quiet && i < 12 && random.nextInt(3) == 0) {
          move(1);
        }
        venue.later(Duration.ofSeconds(1));
        venue.custody.step();
        cut = venue.custody.reconciliation().byId(id);
      }
      if (cut.state() == Cut.State.DONE) {
        return cut;
      }
      assertThat(cut.state()).as(cut.note()).isEqualTo(Cut.State.INCONCLUSIVE);
      assertThat(quiet).as(cut.note()).isFalse();
      retried++;
      venue.settle();
    }
  }

  /** One atom of something that is there, as the node says from now on. */
  private Asset rob() {
    venue.settle();
    List<String> outputs =
        venue
            .sql
            .resultQuery(
                "select encode(txid, 'hex') || ':' || vout from custody_outputs where spent_height is null order by txid, vout")
            .fetch(0, String.class);
    if (random.nextBoolean() && !outputs.isEmpty()) {
      String one = outputs.get(random.nextInt(outputs.size()));
      int colon = one.indexOf(':');
      venue.coreNode.rob(
          new CoreBlock.OutPoint(
              one.substring(0, colon), Integer.parseInt(one.substring(colon + 1))));
      return venue.coin;
    }
    List<Venue.Place> places = new ArrayList<>(venue.places());
    places.removeIf(p ->
        p.family() != Venue.ETH.chain()
            || venue.evm.balance(p.script(), venue.evm.chain().getLast().hash()).signum() == 0);
    venue.evmNode.rob(places.get(random.nextInt(places.size())).script());
    return Venue.ETH;
  }

  /** It has a break with its place, and the asset is halted until two people lift it. */
  private void found(Asset robbed, String statement) {
    assertThat(venue.custody.reconciliation().breaks())
        .as(statement)
        .anyMatch(b -> b.asset() == robbed.id() && b.cause().equals("NODE_DIFFERS"));
    assertThat(
            venue.sql.fetchValue("select halted from custody_assets where asset = ?", robbed.id()))
        .as(statement)
        .isNotNull();
    venue.coreNode.rob(null);
    venue.evmNode.rob("");
    assertThat(cut(true).balanced()).isTrue();
    assertThat(venue.custody.reconciliation().breaks())
        .noneMatch(b -> b.cause().equals("NODE_DIFFERS"));
    for (String person : List.of("anna", "ben")) {
      venue
          .custody
          .transactions()
          .run(t -> venue.custody.halts().lift(t, robbed.id(), person, "it was there"));
    }
  }
}
