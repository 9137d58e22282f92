package org.fondaco.custody;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.fondaco.custody.address.Derivation;
import org.fondaco.custody.audit.AuditPort;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.chain.EvmNode;
import org.fondaco.custody.deposit.Deposits;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.issue.AddressIssue;
import org.fondaco.custody.leader.LeadershipLost;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.custody.ledger.LedgerConflict;
import org.fondaco.custody.ledger.LedgerPort;
import org.fondaco.custody.liability.ReserveStatements;
import org.fondaco.custody.movement.MovementListener;
import org.fondaco.custody.movement.Movements;
import org.fondaco.custody.outbox.Dispatcher;
import org.fondaco.custody.outbox.OutboxListener;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.custody.payout.GroupPlanner;
import org.fondaco.custody.payout.Payouts;
import org.fondaco.custody.payout.Purpose;
import org.fondaco.custody.policy.AddressBook;
import org.fondaco.custody.policy.DefaultPolicy;
import org.fondaco.custody.policy.Halts;
import org.fondaco.custody.policy.Policy;
import org.fondaco.custody.policy.PolicyEdition;
import org.fondaco.custody.policy.Prices;
import org.fondaco.custody.policy.WithdrawalReview;
import org.fondaco.custody.reconciliation.Adjustments;
import org.fondaco.custody.reconciliation.DepositDecisions;
import org.fondaco.custody.reconciliation.MarkedTotals;
import org.fondaco.custody.reconciliation.Reconciliation;
import org.fondaco.custody.running.Worker;
import org.fondaco.custody.scan.ScanStatus;
import org.fondaco.custody.signer.Signer;
import org.fondaco.custody.sweep.Sweeps;
import org.fondaco.custody.withdrawal.Destinations;
import org.fondaco.custody.withdrawal.WithdrawalTerms;
import org.fondaco.custody.withdrawal.Withdrawals;
import org.jooq.DSLContext;

/**
 * Custody of real coins, wired. {@link #step} takes one deterministic round; {@link #run} puts a
 * thread on each chain and one on the ledger.
 */
public final class Custody implements AutoCloseable {
  private static final Duration CHAIN_PAUSE = Duration.ofMillis(250);
  private static final Duration CUT_PAUSE = Duration.ofMillis(500);
  private static final Duration MOVEMENT_PAUSE = Duration.ofMillis(500);
  private static final Duration LEDGER_PAUSE = Duration.ofMillis(25);

  private final Transactions transactions;
  private final AuditPort audit;
  private final Guard guard;
  private final Map<Integer, Asset> assets;
  private final AddressIssue addresses;
  private final Deposits deposits;
  private final Withdrawals withdrawals;
  private final Destinations destinations;
  private final AddressBook addressBook;
  private final Halts halts;
  private final Movements movements;
  private final Adjustments adjustments;
  private final Reconciliation reconciliation;
  private final Policy policy;
  private final PolicyEdition policyEdition;
  private final WithdrawalReview review;
  private final Dispatcher dispatcher;
  private final Map<ChainName, CustodyChain> chains;
  private final List<Worker> workers = new ArrayList<>();

  /**
   * What custody stands on.
   *
   * @param transactions of the leader
   * @param audit the venue's log
   * @param prices for the policy's limits
   * @param marks the ledger's totals in the database
   * @param database for reading in one snapshot
   */
  public record Ground(
      Transactions transactions,
      LedgerPort ledger,
      AuditPort audit,
      Prices prices,
      MarkedTotals marks,
      DSLContext database,
      InstantSource clock) {}

  /**
   * Keys, and the memory of what they have signed.
   *
   * @param statements permits, beside the guard, what reserve addresses say
   */
  public record Keys(
      Derivation derivation, Signer signer, Guard guard, ReserveStatements statements) {

    /** Of a signer that signs no statements. */
    public Keys(Derivation derivation, Signer signer, Guard guard) {
      this(derivation, signer, guard, new ReserveStatements());
    }
  }

  /**
   * Wires custody; nothing happens before {@link #step} or {@link #run}.
   *
   * @param plans of the chains
   * @param terms of withdrawals
   */
  public Custody(Ground ground, Keys keys, List<ChainPlan> plans, WithdrawalTerms terms) {
    transactions = ground.transactions();
    audit = ground.audit();
    guard = keys.guard();
    InstantSource clock = ground.clock();
    assets = new LinkedHashMap<>();
    plans.forEach(
        plan -> plan.settings().assets().forEach(a -> assets.put(a.asset().id(), a.asset())));
    addresses = new AddressIssue(transactions, keys.derivation(), clock);
    deposits = new Deposits(plans.stream().map(ChainPlan::settings).toList(), clock);
    policy = new Policy(clock, ground.audit(), ground.prices());
    addressBook = new AddressBook(clock, ground.audit());
    halts = new Halts(clock, ground.audit());
    policyEdition = new PolicyEdition(clock, ground.audit());
    destinations = new ParsedDestinations(keys.derivation().network());
    withdrawals =
        new Withdrawals(
            transactions,
            clock,
            assets,
            destinations,
            terms,
            contract(plans),
            policy,
            ground.audit());
    review = new WithdrawalReview(transactions, policy, withdrawals, assets, ground.audit(), clock);
    Sweeps sweeps = new Sweeps(clock);
    Payouts.Environment environment =
        new Payouts.Environment(
            transactions,
            clock,
            assets,
            keys.guard(),
            keys.signer(),
            withdrawals.payments(),
            ground.audit(),
            Map.of(
                Purpose.SWEEP, sweeps,
                Purpose.FUNDING, sweeps,
                Purpose.MOVEMENT, new MovementListener(clock)));
    chains = new LinkedHashMap<>();
    for (ChainPlan plan : plans) {
      chains.put(plan.settings().chain(), CustodyChain.of(plan, environment, deposits, addresses));
    }
    movements = movements(ground, keys.derivation(), plans);
    adjustments = new Adjustments(clock, ground.audit(), DepositDecisions.of(deposits));
    reconciliation = reconciliation(ground, plans);
    Map<Subject.Kind, OutboxListener> listeners =
        Map.of(
            Subject.Kind.DEPOSIT, deposits,
            Subject.Kind.WITHDRAWAL, withdrawals,
            Subject.Kind.PAYOUT, new PayoutAnswers(chains),
            Subject.Kind.CUT, reconciliation,
            Subject.Kind.ADJUSTMENT, adjustments);
    dispatcher = new Dispatcher(transactions, ground.ledger(), listeners, clock);
  }

  private Movements movements(Ground ground, Derivation derivation, List<ChainPlan> plans) {
    Map<ChainName, GroupPlanner> planners = new EnumMap<>(ChainName.class);
    chains.forEach((name, chain) -> planners.put(name, chain.payouts()));
    return new Movements(
        transactions,
        planners,
        assets,
        plans.stream().flatMap(plan -> plan.tiers().stream()).toList(),
        (chain, tier) -> {
          if (derivation.has(chain, tier)) {
            addresses.house(chain, tier);
          }
        },
        ground.audit(),
        ground.clock());
  }

  private Reconciliation reconciliation(Ground ground, List<ChainPlan> plans) {
    Map<ChainName, CoreNode> core = new EnumMap<>(ChainName.class);
    Map<ChainName, EvmNode> evm = new EnumMap<>(ChainName.class);
    for (ChainPlan plan : plans) {
      switch (plan.node()) {
        case ChainPlan.Node.Outputs node -> core.put(plan.settings().chain(), node.rpc());
        case ChainPlan.Node.Accounts node -> evm.put(plan.settings().chain(), node.rpc());
      }
    }
    return new Reconciliation(
        transactions,
        ground.database(),
        ground.marks(),
        List.copyOf(assets.values()),
        core,
        evm,
        ground.audit(),
        ground.clock(),
        CUT_PAUSE);
  }

  private static Predicate<String> contract(List<ChainPlan> plans) {
    return address ->
        plans.stream()
            .flatMap(plan ->
                plan.node() instanceof ChainPlan.Node.Accounts a ? Stream.of(a) : Stream.of())
            .anyMatch(accounts -> accounts.rpc().hasCode(address));
  }

  /**
   * Refuses a database or a guard file that does not belong to the engine's past; a database
   * without a policy gets the built-in one.
   *
   * @throws Dispatcher.Contradiction with what does not fit
   */
  public void check(DSLContext database) {
    dispatcher.check(database);
    GuardCheck.check(guard, database);
    reconciliation.discardUnfinished();
    List<String> codes = assets.values().stream().map(Asset::code).toList();
    transactions.run(t -> policyEdition.install(t, DefaultPolicy.of(codes)));
  }

  /** One round over everything; false when nothing was to be done. */
  public boolean step() {
    boolean did = ledgerStep() | reconciliation.step() | movements.step();
    for (CustodyChain chain : chains.values()) {
      did |= chain.step();
    }
    return did;
  }

  private boolean ledgerStep() {
    return dispatcher.step() | withdrawals.step() | review.step();
  }

  /** Starts the threads. */
  public synchronized void run() {
    if (!workers.isEmpty()) {
      throw new IllegalStateException("custody runs already");
    }
    workers.add(Worker.start("custody-ledger", LEDGER_PAUSE, this::ledgerStep, Custody::isFinal));
    workers.add(
        Worker.start("custody-movements", MOVEMENT_PAUSE, movements::step, Custody::isFinal));
    chains.forEach((name, chain) ->
        workers.add(
            Worker.start(
                "custody-" + name.name().toLowerCase(Locale.ROOT),
                CHAIN_PAUSE,
                chain::step,
                Custody::isFinal)));
  }

  private static boolean isFinal(RuntimeException e) {
    return e instanceof LeadershipLost || e instanceof LedgerConflict;
  }

  /** What keeps it from working, for people; empty when all is well. */
  public List<String> troubles() {
    List<String> troubles = new ArrayList<>();
    synchronized (this) {
      workers.forEach(worker -> worker.trouble().ifPresent(troubles::add));
    }
    for (ScanStatus status : statuses()) {
      if (status.state() == ScanStatus.State.HALTED) {
        troubles.add(status.chain() + " is halted: " + status.explanation());
      }
    }
    return troubles;
  }

  /** Where each chain's scanner stands. */
  public List<ScanStatus> statuses() {
    return chains.values().stream().map(CustodyChain::status).toList();
  }

  /**
   * Lets a halted chain run again, in the transaction of the people who decided it.
   *
   * @param accepted blocks below the cursor that the node may have replaced, however many maxReorg
   *     is; 0 = no more than that
   * @throws IllegalArgumentException when custody has no such chain
   */
  public void resume(DSLContext transaction, ChainName name, int accepted) {
    CustodyChain chain = chains.get(name);
    if (chain == null) {
      throw new IllegalArgumentException("custody has no chain " + name);
    }
    chain.scanner().resume(transaction, accepted);
  }

  /** As two people decide: the first asks, the second agrees, and then it runs; true = now. */
  public boolean resume(DSLContext t, ChainName name, int accepted, String person, String note) {
    boolean agreed = halts.resume(t, name, accepted, person, note);
    if (agreed) {
      resume(t, name, accepted);
    }
    return agreed;
  }

  /** By the engine's id. */
  public Map<Integer, Asset> assets() {
    return Map.copyOf(assets);
  }

  public AddressIssue addresses() {
    return addresses;
  }

  public Deposits deposits() {
    return deposits;
  }

  public Withdrawals withdrawals() {
    return withdrawals;
  }

  /** Reads addresses of the chains that are served. */
  public Destinations destinations() {
    return destinations;
  }

  public AddressBook addressBook() {
    return addressBook;
  }

  /** What people say to withdrawals. */
  public WithdrawalReview review() {
    return review;
  }

  public Halts halts() {
    return halts;
  }

  /** Between the house's tiers. */
  public Movements movements() {
    return movements;
  }

  public Adjustments adjustments() {
    return adjustments;
  }

  public Reconciliation reconciliation() {
    return reconciliation;
  }

  /** What decides on withdrawals. */
  public Policy policy() {
    return policy;
  }

  /** Drafts, publication and confirmation of policies. */
  public PolicyEdition policyEdition() {
    return policyEdition;
  }

  public Transactions transactions() {
    return transactions;
  }

  /** The payouts of a chain, empty where custody has no such chain. */
  public Optional<Payouts> payouts(ChainName chain) {
    return Optional.ofNullable(chains.get(chain)).map(CustodyChain::payouts);
  }

  /** Reads a chain again. */
  public Rescans rescans() {
    return new Rescans(chains, transactions, audit);
  }

  /** Lets the steps under way end. */
  @Override
  public synchronized void close() {
    workers.reversed().forEach(Worker::close);
    workers.clear();
  }
}
