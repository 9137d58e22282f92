package org.fondaco.custody.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.CUSTODY_BREAKS;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fondaco.custody.breaks.Breaks;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.Lie;
import org.fondaco.custody.scan.ScanStatus;
import org.jspecify.annotations.Nullable;

/**
 * Customers, chains, nodes, people, the ledger and deaths as a seed wills; then everything heals.
 * Each action draws from its own random numbers, so that a failure can be shrunk by leaving actions
 * out.
 */
final class Simulation implements AutoCloseable {
  private static final List<ChainName> CHAINS =
      List.of(ChainName.BTC, ChainName.LTC, ChainName.BCH);

  /**
   * What to run.
   *
   * @param actions numbers of the actions to take, in order
   * @param deathAt the only point at which the process dies, 0 = wherever the seed wills
   */
  record Plan(long seed, List<Integer> actions, long deathAt) {
    static Plan of(long seed, int actions) {
      return new Plan(seed, IntStream.range(0, actions).boxed().toList(), 0);
    }

    Plan dyingAt(long point) {
      return new Plan(seed, actions, point);
    }

    Plan only(List<Integer> some) {
      return new Plan(seed, some, deathAt);
    }
  }

  private final Plan plan;
  final Venue venue;
  final List<String> log = new ArrayList<>();
  private final Outputs outputs;
  private final Accounts accounts;
  private final Customers customers;
  private final People people;
  private final Checks checks;
  private @Nullable List<Long> recorded;

  Simulation(Plan plan) {
    this.plan = plan;
    ChainName chain = CHAINS.get((int) (plan.seed() % 3));
    venue = new Venue(chain, plan.seed() % 2 == 0 ? 3 : Venue.MAX_REORG + 1);
    outputs = new Outputs(venue);
    accounts = new Accounts(venue);
    customers = new Customers(venue);
    people = new People(venue);
    checks = new Checks(venue, outputs, accounts, customers);
  }

  /** Collects the points after the beginning at which a death is worth a run. */
  void record(List<Long> points) {
    recorded = points;
  }

  /** Runs it and checks; says what happened. */
  String run() {
    begin();
    if (plan.deathAt() > 0) {
      venue.deaths.at(plan.deathAt());
    }
    if (recorded != null) {
      venue.deaths.record(recorded);
    }
    for (int number : plan.actions()) {
      Random random = new Random(new SplittableRandom(plan.seed() * 1_000_003 + number).nextLong());
      try {
        step(number, random);
      } catch (AssertionError | RuntimeException e) {
        log.add(number + " FAILED");
        throw e;
      }
    }
    long died = venue.deaths.died();
    heal();
    return "seed %d, %s: %d withdrawals, %d deaths, %d points, %d guarded"
        .formatted(
            plan.seed(),
            venue.coin.code(),
            customers.asked.size(),
            died,
            venue.deaths.passed(),
            venue.guard.size());
  }

  /** What a busy day brings, without lies and deaths. */
  String traffic(Random random) {
    accounts.plain = true;
    return switch (random.nextInt(16)) {
      case 0, 1 -> outputs.deposit(random);
      case 2, 3 -> accounts.deposit(random);
      case 4, 5, 6 -> outputs.block(random);
      case 7, 8, 9 -> accounts.block(random);
      case 10 -> outputs.reorganise(random, 2);
      case 11 -> accounts.reorganise(random, 2);
      case 12, 13 -> customers.request(random);
      case 14 -> people.review(random);
      default -> later(random);
    };
  }

  void begin() {
    outputs.fund(4_000_000);
    accounts.fund(BigInteger.TEN.pow(18), BigInteger.valueOf(500_000_000));
    outputs.depositToEach(3_000_000);
    accounts.depositToEach(BigInteger.TEN.pow(18), BigInteger.valueOf(2_000_000_000));
    venue.core.mine(2);
    venue.evm.mine(2);
    venue.settle();
    people.correctAll();
    venue.core.mine(3);
    venue.evm.mine(3);
    venue.settle();
  }

  private void step(int number, Random random) {
    if (plan.deathAt() == 0) {
      venue.deaths.after(random.nextInt(4) == 0 ? 1 + random.nextInt(150) : 0);
    }
    venue.late.late(random.nextInt(5) == 0 ? 2 : 0, random);
    venue.nodes.careless(random.nextInt(5) == 0 ? 2 : 0, random);
    venue.projectorBehind = random.nextInt(5) == 0;
    long died = venue.deaths.died();
    String said = act(random);
    for (int steps = random.nextInt(8); steps > 0; steps--) {
      venue.survive(venue.custody::step);
    }
    if (plan.deathAt() == 0) {
      venue.deaths.after(0);
    }
    log.add(number + " " + said + (venue.deaths.died() > died ? " DIED" : ""));
    checks.always(random);
  }

  private String act(Random random) {
    return switch (random.nextInt(42)) {
      case 0, 1, 2, 3 -> outputs.deposit(random);
      case 4, 5, 6, 7 -> accounts.deposit(random);
      case 8, 9, 10, 11 -> outputs.block(random);
      case 12, 13, 14, 15 -> accounts.block(random);
      case 16, 17 -> outputs.reorganise(random, 3);
      case 18, 19 -> accounts.reorganise(random, 3);
      case 20 -> outputs.reorganise(random, random.nextInt(8) == 0 ? 9 : Venue.MAX_REORG);
      case 21 -> accounts.reorganise(random, random.nextInt(8) == 0 ? 9 : Venue.MAX_REORG);
      case 22 -> outputs.malleate(random);
      case 23 -> outputs.forget(random);
      case 24 -> accounts.forget(random);
      case 25 -> accounts.refuse(random);
      case 26, 27, 28, 29, 30 -> customers.request(random);
      case 31 -> customers.inside(random);
      case 32 -> random.nextBoolean() ? customers.nonsense(random) : customers.again(random);
      case 33 -> customers.cancel(random);
      case 34 -> customers.operatorCancels(random);
      case 35, 36 -> people.review(random);
      case 37 ->
          random.nextInt(3) == 0 ? people.halt(random) : people.lift() + ", " + people.resume();
      case 38 -> lie(random);
      case 39 -> cut();
      case 40 -> random.nextBoolean() ? people.correct(random) : customers.move(random);
      default -> later(random);
    };
  }

  private String later(Random random) {
    Duration time = Duration.ofMinutes(random.nextInt(30));
    venue.later(time);
    return time + " later";
  }

  private String cut() {
    venue.survive(() -> venue.custody.reconciliation().begin("anna"));
    return "a cut";
  }

  /** The node is wrong, or away, for some steps: custody says so, waits, and signs nothing. */
  private String lie(Random random) {
    Lie lie = Lie.values()[1 + random.nextInt(Lie.values().length - 1)];
    outputs.block(random);
    accounts.block(random);
    List<Long> before = cursors();
    int handedOver = venue.nodes.own.size();
    venue.lie(lie);
    long died = venue.deaths.died();
    int steps = 1 + random.nextInt(3);
    for (int i = 0; i < steps; i++) {
      venue.survive(venue.custody::step);
    }
    venue.lie(Lie.NONE);
    if (lie != Lie.TIP_AHEAD && lie != Lie.TIP_BACK && venue.deaths.died() == died) {
      assertThat(cursors()).as("cursors while %s", lie).isEqualTo(before);
      assertThat(venue.nodes.own).as("sent while %s", lie).hasSize(handedOver);
      for (ScanStatus status : venue.custody.statuses()) {
        assertThat(status.state())
            .as("%s while %s", status, lie)
            .isNotEqualTo(ScanStatus.State.FOLLOWING);
        assertThat(status.explanation()).as("while %s", lie).isNotEmpty();
      }
    }
    return "the nodes lie: " + lie;
  }

  private List<Long> cursors() {
    return venue
        .sql
        .resultQuery("select cursor_height from custody_chains order by chain")
        .fetch(0, Long.class);
  }

  // The end: all is well, and nothing may be missing.

  private void heal() {
    if (plan.deathAt() == 0) {
      venue.deaths.after(0);
    }
    venue.late.late(0, new Random(0));
    venue.nodes.careless(0, new Random(0));
    venue.projectorBehind = false;
    people.lift();
    outputs.fund(40_000_000);
    accounts.fund(BigInteger.TEN.pow(21), BigInteger.valueOf(20_000_000_000L));
    outputs.sendLostAgain();
    for (int i = 0; i < 90; i++) {
      venue.settle();
      if (i == 20) {
        accounts.helpStuck();
      }
      people.approveAll();
      people.resume();
      boolean corrected = people.correctAll();
      if (contradicted()) {
        // Final by the venue's own depth, and not any more: people have to decide who bears it.
        log.add("a payout was contradicted");
        break;
      }
      if (!corrected && i > Venue.MAX_REORG && open().isEmpty()) {
        break;
      }
      venue.later(Duration.ofMinutes(i % 2 == 0 ? 6 : 21));
      venue.core.mine();
      venue.evm.mine();
    }
    venue.deaths.after(0);
    checks.always(new Random(plan.seed()));
    if (contradicted()) {
      return;
    }
    assertThat(open()).as("not over").isEmpty();
    new Ending(venue, customers, people, checks).check(plan.seed());
  }

  private boolean contradicted() {
    return venue.sql.fetchExists(
        CUSTODY_BREAKS, CUSTODY_BREAKS.CAUSE.eq(Breaks.Cause.PAYOUT_CONTRADICTED.name()));
  }

  private List<String> open() {
    return venue
        .sql
        .resultQuery(
            """
            select 'withdrawal ' || withdrawal_id || ' is ' || state || ' ' || coalesce(attention, '')
            from custody_withdrawals where state not in ('DONE', 'VOIDED', 'REFUSED')
            union all
            select 'payout ' || g.group_id || ' ' || purpose || ' is ' || g.state || ' ' || coalesce(attention, '')
              || ' ' || coalesce(conflict, '') || ' ' || a.kind || ' ' || a.state || ' ' || coalesce(refusal, '')
              || ' ' || coalesce(left(encode(a.txid, 'hex'), 8), '') || ' of ' || array_to_string(a.inputs, ' ')
            from custody_groups g join custody_attempts a on a.group_id = g.group_id
            where g.state in ('INTENT', 'SENDING', 'MINED')
            union all
            select 'deposit ' || deposit_id || ' is ' || state from custody_deposits
            where state in ('SEEN', 'CONFIRMED', 'CREDITED', 'SUSPENSE', 'CREDITED_ORPHANED')
            union all
            select 'sweep ' || sweep_id || ' is ' || state from custody_sweeps
            where state in ('FUNDING', 'ASSIGNED', 'MINED')
            union all
            select 'command ' || id || ' has no answer' from custody_outbox where outcome is null
            """)
        .fetch(0, String.class);
  }

  @Override
  public void close() {
    venue.lie(Lie.NONE);
    venue.close();
  }
}
