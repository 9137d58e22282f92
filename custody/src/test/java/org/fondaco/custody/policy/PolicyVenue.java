package org.fondaco.custody.policy;

import static org.fondaco.db.schema.Tables.CUSTODY_ASSETS;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.fondaco.custody.audit.AuditPort;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.leader.TestDatabase;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Candidate;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Decision;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Stage;
import org.fondaco.db.Database;
import org.jooq.DSLContext;

/** A policy over a real database, with a clock that tests move and an audit log in memory. */
final class PolicyVenue {
  static final long CUSTOMER = 1_000;
  static final Asset BTC = new Asset(1, "BTC", ChainName.BTC, null, 8, 8);
  static final Asset ETH = new Asset(2, "ETH", ChainName.ETH, null, 18, 8);

  private final Database database = TestDatabase.empty();
  final List<String> log = new ArrayList<>();
  final Map<String, BigDecimal> prices = new TreeMap<>();
  private final AuditPort audit =
      (_, who, action, detail) -> log.add(who + " " + action + " " + detail);
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  final PolicyEdition edition = new PolicyEdition(this::now, audit);
  final Approvals approvals = new Approvals(this::now, audit);
  final AddressBook book = new AddressBook(this::now, audit);
  final Halts halts = new Halts(this::now, audit);
  final Policy policy =
      new Policy(this::now, audit, asset -> Optional.ofNullable(prices.get(asset.code())));

  /** One BTC is worth 100, one ETH 10. */
  PolicyVenue() {
    prices.put("BTC", new BigDecimal("100"));
    prices.put("ETH", new BigDecimal("10"));
    run(t -> {
      for (Asset asset : List.of(BTC, ETH)) {
        t.insertInto(CUSTODY_CHAINS)
            .set(CUSTODY_CHAINS.CHAIN, asset.chain().name())
            .set(CUSTODY_CHAINS.IDENTITY, "test")
            .set(CUSTODY_CHAINS.CURSOR_HEIGHT, 0L)
            .set(CUSTODY_CHAINS.CURSOR_HASH, new byte[32])
            .execute();
        t.insertInto(CUSTODY_ASSETS)
            .set(CUSTODY_ASSETS.ASSET, asset.id())
            .set(CUSTODY_ASSETS.CODE, asset.code())
            .set(CUSTODY_ASSETS.CHAIN, asset.chain().name())
            .set(CUSTODY_ASSETS.DECIMALS, asset.decimals())
            .set(CUSTODY_ASSETS.SCALE, asset.scale())
            .execute();
      }
    });
  }

  Instant now() {
    return now;
  }

  void passes(Duration time) {
    now = now.plus(time);
  }

  void run(Consumer<DSLContext> step) {
    database.jooq().transaction(configuration -> step.accept(configuration.dsl()));
  }

  <T> T result(Function<DSLContext, T> step) {
    return database.jooq().transactionResult(configuration -> step.apply(configuration.dsl()));
  }

  void install(String json) {
    run(t -> edition.install(t, PolicyJson.read(json)));
  }

  /** Drafted and published by one, confirmed by another. */
  long publish(String json, String author, String confirmer) {
    long version = result(t -> edition.publish(t, edition.draft(t, author, json), author));
    run(t -> edition.confirm(t, version, confirmer));
    return version;
  }

  static Candidate candidate(Stage stage, long id, Asset asset, String coins) {
    long units = new BigDecimal(coins).movePointRight(asset.scale()).longValueExact();
    return new Candidate(
        stage, id, CUSTOMER, asset, "there", "0014aa", units, 0, null, Instant.EPOCH);
  }

  Decision held(long id, Asset asset, String coins) {
    return result(t -> policy.evaluate(t, candidate(Stage.HELD, id, asset, coins)));
  }

  Decision signing(long id, Asset asset, String coins) {
    return result(t -> policy.evaluate(t, candidate(Stage.SIGNING, id, asset, coins)));
  }

  void approve(long id, String person) {
    run(t ->
        approvals.say(t, Subject.withdrawal(id, CUSTOMER), new Person(person, null), true, ""));
  }
}
