package org.fondaco.api.torture;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Customers pay in, withdraw and trade while the venue's processes are killed. After some kills
 * everybody stops, and then every payment must be credited once, every withdrawal paid once or not
 * at all, balances must be what they were and what came and went, and the administrator's books
 * must agree to the atom.
 */
final class Torture implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final long POLL_NANOS = Duration.ofMillis(300).toNanos();
  private static final List<String> CUSTOMERS = List.of("alice", "bob");
  private static final int ACTS_BETWEEN_KILLS = 6;
  private static final int FLOAT = 60;

  private final World world;
  private final PrintStream out;
  private final long seed;
  private final long begun = System.nanoTime();
  private final Schedule schedule;
  private final Deeds deeds = new Deeds();
  private final Audit audit;
  private final List<Customer> customers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> ended = new AtomicReference<>();
  private final Map<Victim, Integer> killed = new EnumMap<>(Victim.class);
  private int checks;

  /**
   * Starts everything; the customers are at work when this returns.
   *
   * @param data folder of a demo venue that was stopped
   */
  Torture(Path data, long seed, PrintStream out) throws IOException, InterruptedException {
    this.out = out;
    this.seed = seed;
    this.schedule = new Schedule(seed);
    say("seed %d, in %s", seed, data);
    world = new World(data);
    try {
      audit = new Audit(world, deeds, CUSTOMERS);
      prepare();
    } catch (IOException | RuntimeException | AssertionError e) {
      world.close();
      throw e;
    }
    for (String name : CUSTOMERS) {
      customers.add(new Customer(name, world, deeds, seed * 31 + name.hashCode()));
    }
    for (Customer customer : customers) {
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .uncaughtExceptionHandler((_, e) -> ended.compareAndSet(null, e))
              .start(customer));
    }
    say("the venue serves, and %s are at work", String.join(" and ", CUSTOMERS));
  }

  /** Prices for the policy, and coins: a demo's funds are none, and what is paid has to come in. */
  private void prepare() throws IOException, InterruptedException {
    Customer alice = new Customer("alice", world, deeds, seed);
    for (String asset : Customer.ASSETS) {
      OutsideWallet outside = world.outside(asset);
      Waiting.until("coins of " + asset, PATIENCE, outside::isRich);
      alice.deposit(asset, Customer.typical(asset).multiply(BigDecimal.valueOf(FLOAT)));
      if (!asset.equals("USDT")) {
        for (String name : List.of("carol", "dealer")) {
          var _ =
              Customer.order(world, name, asset, name.equals("dealer"), BigDecimal.ONE).orThrow();
        }
      }
    }
  }

  /**
   * Kills as long as it is told to, checks at the end, and prints the tally.
   *
   * @param more asked before each kill, with its number
   * @throws Violation when anything is lost, doubled, wrong or does not go on
   */
  void play(Predicate<Integer> more) throws IOException, InterruptedException {
    Schedule.Kill kill = schedule.next();
    boolean checked = false;
    while (more.test(kill.number())) {
      awaitWork("before kill " + kill.number());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(kill.delayMillis()));
      say("kill %d: %s", kill.number(), kill);
      long then = System.nanoTime();
      world.killAndRecover(kill);
      kill.victims().forEach(victim -> killed.merge(victim, 1, Integer::sum));
      say("        all serve again after %.1f s", (System.nanoTime() - then) / 1e9);
      checked = kill.check();
      if (checked) {
        check();
      }
      kill = schedule.next();
    }
    if (!checked) {
      check();
    }
    say(
        "%d kills, %s; %d checks without a difference",
        kill.number() - 1, killed.toString().toLowerCase(Locale.ROOT), checks);
  }

  /** What does not agree just now; some of it may be under way. */
  List<String> differences() throws IOException, InterruptedException {
    return audit.differences();
  }

  /** The venue, as long as it is not killed. */
  VenueProcess venue() {
    return world.venue();
  }

  /** Somebody gets something done, whatever was killed before. */
  private void awaitWork(String when) {
    long enough = deeds.acts() + ACTS_BETWEEN_KILLS;
    Waiting.until(
        "the customers get something done " + when,
        PATIENCE,
        () -> ended.get() != null || deeds.acts() >= enough);
    Throwable cause = ended.get();
    if (cause != null) {
      throw new Violation("a customer was answered what must not be: " + cause, cause);
    }
  }

  private void check() throws InterruptedException {
    customers.forEach(Customer::sleep);
    try {
      settle();
      reconcile();
    } finally {
      customers.forEach(Customer::wake);
    }
    checks++;
    Audit.Tally tally = audit.tally();
    say(
        "check %d: %d deposits credited once, %d withdrawals paid once, %d not at all, %d fills;"
            + " balances and books agree",
        checks, tally.deposits(), tally.withdrawals(), tally.refused(), tally.fills());
  }

  private void settle() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> differences = List.of("not compared yet");
    while (!differences.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new Violation(
            "these differences do not go away:\n%s\nthe venue's log ends with\n%s"
                .formatted(String.join("\n", differences), world.lastWords()));
      }
      try {
        approve();
        differences = audit.differences();
      } catch (IOException e) {
        differences = List.of(e.toString());
      }
      if (!differences.isEmpty()) {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  /** What the policy leaves to a person, a person approves. */
  private void approve() throws IOException, InterruptedException {
    TradingClient deputy = world.person("deputy");
    for (JsonNode waiting :
        deputy.signed("GET", "/admin/v1/withdrawals", "state=AWAITING").orThrow()) {
      var _ =
          deputy
              .signed(
                  "POST",
                  "/admin/v1/withdrawals/" + waiting.path("id").asString() + "/approval",
                  "note=torture")
              .orThrow();
    }
  }

  /** A cut is inconclusive while a chain moves on; that is said, and asked again. */
  private void reconcile() {
    List<JsonNode> last = new ArrayList<>();
    Waiting.until(
        "a conclusive cut",
        PATIENCE,
        () -> {
          last.clear();
          last.add(
              world
                  .person("administrator")
                  .signed("POST", "/admin/v1/reconciliation", "")
                  .orThrow());
          return last.getFirst().path("cut").path("state").asString().equals("DONE");
        });
    JsonNode cut = last.getFirst();
    if (!cut.path("cut").path("balanced").asBoolean()) {
      throw new Violation("the books do not agree:\n" + cut.path("table").asString());
    }
  }

  private void say(String format, Object... arguments) {
    out.printf(
        Locale.ROOT,
        "%7.1f s  %s%n",
        (System.nanoTime() - begun) / 1e9,
        format.formatted(arguments));
  }

  /** Ends all processes and leaves the folders. */
  @Override
  public void close() {
    customers.forEach(Customer::stop);
    for (Thread thread : threads) {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(30));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    world.close();
  }
}
