package org.fondaco.custody.reconciliation;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.leader.Leadership;
import org.fondaco.custody.leader.TestDatabase;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.ledger.ModelLedger;
import org.fondaco.custody.outbox.Dispatcher;
import org.fondaco.custody.outbox.Outbox;
import org.fondaco.custody.outbox.OutboxListener;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.db.Database;
import org.jooq.DSLContext;

/**
 * Custody's rows, moved at random as CUSTODY_FLOWS.md says they move: deposits and payments in
 * blocks that come and go, commands that are answered late. It shares nothing with the product but
 * the tables and the relay.
 */
final class ModelCustody implements AutoCloseable {
  static final Asset BTC = new Asset(1, "BTC", ChainName.BTC, null, 8, 8);
  static final Asset ETH = new Asset(2, "ETH", ChainName.ETH, null, 18, 8);
  static final Asset USDT = new Asset(5, "USDT", ChainName.ETH, "cc".repeat(20), 6, 8);
  static final Asset LTC = new Asset(3, "LTC", ChainName.LTC, null, 8, 8);
  static final Asset BCH = new Asset(4, "BCH", ChainName.BCH, null, 8, 8);
  static final List<Asset> ASSETS = List.of(BTC, ETH, USDT, LTC, BCH);
  static final String HOT = "aa".repeat(20);
  private static final long CUSTOMER = 1_000;

  final Database database = TestDatabase.empty();
  final Leadership lead = TestDatabase.lead(database);
  final ModelLedger ledger = new ModelLedger();
  final Map<ChainName, ModelChain> chains = new TreeMap<>();
  final Dispatcher dispatcher;
  final Random random;
  final List<ModelDeposit> deposits = new ArrayList<>();
  final List<ModelPayment> payments = new ArrayList<>();
  private final Map<Integer, BigInteger> finalFees = new TreeMap<>();
  private final Map<Integer, Long> booked = new TreeMap<>();
  private int ids;

  ModelCustody(Random random, Map<Subject.Kind, OutboxListener> more) {
    this.random = random;
    Map<Subject.Kind, OutboxListener> listeners = new TreeMap<>(more);
    listeners.put(
        Subject.Kind.DEPOSIT, (t, id, c, a) -> deposits.get((int) id - 1).answered(t, c, a));
    listeners.put(
        Subject.Kind.WITHDRAWAL, (t, id, c, a) -> payments.get((int) id - 1).answered(t, c, a));
    listeners.put(Subject.Kind.PAYOUT, (_, _, _, _) -> {});
    listeners.putIfAbsent(Subject.Kind.ADJUSTMENT, (_, _, _, _) -> {});
    dispatcher = new Dispatcher(lead, ledger, listeners, InstantSource.system());
    lead.run(t -> {
      for (ChainName name : ChainName.values()) {
        ModelChain chain = new ModelChain(name, random);
        chains.put(name, chain);
        t.execute(
            "insert into custody_chains (chain, identity, cursor_height, cursor_hash) values (?, 'model', 0, ?)",
            name.name(),
            HexFormat.of().parseHex(chain.head()));
        t.execute(
            "insert into custody_addresses (family, tier, index, path, address, script, state) values (?, 'HOT', 0, '', '', ?, 'USED')",
            name.name(),
            HexFormat.of().parseHex(HOT));
      }
      for (Asset asset : ASSETS) {
        t.execute(
            "insert into custody_assets (asset, code, chain, contract, decimals, scale) values (?, ?, ?, cast(? as bytea), ?, ?)",
            asset.id(),
            asset.code(),
            asset.chain().name(),
            asset.contract() == null ? null : HexFormat.of().parseHex(asset.contract()),
            asset.decimals(),
            asset.scale());
      }
    });
  }

  ModelChain chain(Asset asset) {
    return Optional.ofNullable(chains.get(asset.chain())).orElseThrow();
  }

  byte[] newTxid() {
    return HexFormat.of().parseHex("%064x".formatted(BigInteger.valueOf(++ids)));
  }

  /** What the ledger said at a Mark, as the projector would have written it. */
  Optional<List<MarkedTotals.Totals>> totals(DSLContext t, long cutId) {
    List<Long> marks =
        t.fetch("select n from custody_outbox where cut_id = ? and outcome is not null", cutId)
            .getValues(0, Long.class);
    if (marks.isEmpty()) {
      return Optional.empty();
    }
    long n = marks.getFirst();
    Map<Integer, Long> custody = ledger.mark(cutId);
    return Optional.of(
        ASSETS.stream()
            .map(a -> new MarkedTotals.Totals(a.id(), custody.getOrDefault(a.id(), 0L), 0, n, ""))
            .toList());
  }

  /** One random step of anything. */
  void step() {
    Asset asset = ASSETS.get(random.nextInt(ASSETS.size()));
    switch (random.nextInt(12)) {
      case 0, 1 ->
          lead.run(
              t -> deposits.add(ModelDeposit.create(this, t, asset, CUSTOMER + random.nextInt(3))));
      case 2, 3, 4 -> lead.run(t -> chain(asset).mine(t));
      case 5 -> {
        for (int depth = random.nextInt(4); depth > 0 && chain(asset).height() > 1; depth--) {
          lead.run(t -> chain(asset).undo(t));
        }
      }
      case 6 -> confirm(deposits.reversed().stream().limit(20).toList());
      case 7 -> confirm(deposits.stream().filter(ModelDeposit::isHole).toList());
      case 8 -> withdraw(asset);
      case 9, 10 -> advance(payments.reversed().stream().limit(20).toList());
      default -> dispatcher.step();
    }
  }

  private void confirm(List<ModelDeposit> some) {
    lead.run(t -> some.stream().filter(_ -> random.nextInt(4) == 0).forEach(d -> d.confirm(t)));
  }

  private void advance(List<ModelPayment> some) {
    lead.run(t -> some.stream().filter(_ -> random.nextInt(4) == 0).forEach(p -> p.advance(t)));
  }

  private void withdraw(Asset asset) {
    long account = CUSTOMER + random.nextInt(3);
    long unit = Math.max(1, asset.decimals() < asset.scale() ? 100 : 1);
    long free = ledger.free(account, asset.id()) / unit / 2;
    if (free > 10) {
      long amount = (1 + random.nextLong(free)) * unit;
      lead.run(t -> payments.add(ModelPayment.create(this, t, asset, account, amount)));
    }
  }

  /** Books what final transactions cost, in whole units; the fraction stays in the term. */
  void expense(DSLContext t, long groupId, BigInteger fee, Asset coin) {
    BigInteger total = finalFees.merge(coin.id(), fee, BigInteger::add);
    long before = booked.getOrDefault(coin.id(), 0L);
    long units = coin.units(total) - before;
    if (units > 0) {
      booked.put(coin.id(), before + units);
      Outbox.add(
          t,
          "expense|" + groupId,
          new LedgerCommand.Expense(coin.id(), units),
          new Subject(Subject.Kind.PAYOUT, groupId));
    }
  }

  static void must(boolean condition, Answer answer) {
    if (!condition) {
      throw new IllegalStateException("the ledger said " + answer);
    }
  }

  @Override
  public void close() {
    lead.close();
  }
}
