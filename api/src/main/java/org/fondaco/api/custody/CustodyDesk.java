package org.fondaco.api.custody;

import static java.util.stream.Collectors.joining;
import static org.fondaco.db.schema.Tables.CUSTODY_ASSETS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fondaco.api.chain.ChainNodes;
import org.fondaco.api.chain.DemoFaucet;
import org.fondaco.custody.ChainPlan;
import org.fondaco.custody.Custody;
import org.fondaco.custody.address.Address;
import org.fondaco.custody.address.Derivation;
import org.fondaco.custody.backup.RestoredKeys;
import org.fondaco.custody.breaks.RestoreLock;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.NodeAddress;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.issue.AddressIssue;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.leader.Leadership;
import org.fondaco.custody.leader.LeadershipLost;
import org.fondaco.custody.liability.Disclosures;
import org.fondaco.custody.liability.Liabilities;
import org.fondaco.custody.outbox.Dispatcher;
import org.fondaco.custody.reconciliation.LedgerMarks;
import org.fondaco.custody.running.Worker;
import org.fondaco.custody.scan.ScanStatus;
import org.fondaco.custody.vault.CustodyFolder;
import org.fondaco.db.Database;
import org.fondaco.engine.host.EngineHost;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Custody inside a venue: its keys opened, its chains reached, its threads running. */
public final class CustodyDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CustodyDesk.class);
  private static final int FLOAT_ETHER = 5;
  private static final Duration LEAD_PAUSE = Duration.ofSeconds(2);

  private final Custody custody;
  private final Custody.Keys keys;
  private final Leadership leadership;
  private final Worker lead;
  private final CustodyCapital capital;
  private final Disclosures disclosures;
  private final List<String> announcement;

  private CustodyDesk(
      Custody custody,
      Custody.Keys keys,
      Leadership leadership,
      CustodyCapital capital,
      Disclosures disclosures,
      List<String> announcement) {
    this.capital = capital;
    this.disclosures = disclosures;
    this.announcement = List.copyOf(announcement);
    this.custody = custody;
    this.keys = keys;
    this.leadership = leadership;
    this.lead =
        Worker.start(
            "custody-lead", LEAD_PAUSE, leadership::keep, e -> e instanceof LeadershipLost);
  }

  /**
   * What the desk stands on.
   *
   * @param reference code of the asset that limits are counted in
   * @param nodes the embedded ones, empty when the operator has switched them off
   * @param salts secret of the proofs of liabilities
   */
  public record Ground(
      Path data,
      boolean demo,
      Database database,
      EngineHost host,
      String reference,
      Optional<ChainNodes> nodes,
      byte[] salts) {}

  /**
   * Opens custody if there is to be any; its threads run when this returns.
   *
   * @throws IOException when it cannot start; the message is for the operator
   */
  public static Optional<CustodyDesk> open(CustodySettings settings, Ground ground)
      throws IOException {
    CustodyFolder folder = CustodyFolder.below(ground.data);
    boolean wanted =
        switch (settings.mode()) {
          case ON -> true;
          case OFF -> false;
          case AUTO -> ground.demo && ground.nodes.isPresent() || Files.exists(folder.vault());
        };
    if (!wanted) {
      return Optional.empty();
    }
    if (ground.demo) {
      CustodyKeys.prepareDemo(folder, settings.network());
    }
    Custody.Keys keys = CustodyKeys.open(folder, settings);
    try {
      return Optional.of(open(settings, ground, folder, keys));
    } catch (IOException | RuntimeException e) {
      keys.signer().close();
      keys.guard().close();
      throw e;
    }
  }

  private static CustodyDesk open(
      CustodySettings settings, Ground ground, CustodyFolder folder, Custody.Keys keys)
      throws IOException {
    DSLContext sql = ground.database.jooq();
    InstantSource clock = InstantSource.system();
    Leadership leadership =
        Leadership.take(
                ground.database.dataSource(),
                sql,
                "process " + ProcessHandle.current().pid(),
                clock)
            .orElseThrow(() -> new IOException("another process leads custody in this database"));
    try {
      Optional<RestoredKeys> restored = RestoredKeys.read(folder);
      if (restored.isPresent()) {
        lock(leadership, restored.get(), keys.guard(), clock);
      }
      Map<ChainName, NodeAddress> nodes = nodes(settings, ground);
      ChainPlans plans =
          new ChainPlans(
              settings,
              nodes,
              dollar(settings, ground),
              ground.host.readModel().assets(),
              keys.derivation(),
              since(sql));
      Custody custody = wired(ground, leadership, keys, plans, clock);
      custody.check(sql);
      if (restored.isPresent()) {
        watch(folder, restored.get(), custody.addresses());
      }
      houses(plans.plans(), keys.derivation(), custody.addresses());
      cold(settings, custody.addresses());
      custody.run();
      if (ground.demo && ground.nodes.isPresent() && !settings.nodes().containsKey(ChainName.ETH)) {
        bringFloat(ground, custody.addresses());
      }
      return new CustodyDesk(
          custody,
          keys,
          leadership,
          capital(sql, custody, plans),
          disclosures(ground, custody, keys, clock),
          announcement(settings, folder, custody, nodes));
    } catch (Dispatcher.Contradiction e) {
      leadership.close();
      throw new IOException("custody refuses to start: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      leadership.close();
      throw e;
    }
  }

  private static Custody wired(
      Ground ground,
      Leadership leadership,
      Custody.Keys keys,
      ChainPlans plans,
      InstantSource clock) {
    return new Custody(
        new Custody.Ground(
            leadership,
            new EngineLedger(ground.host.gateway()),
            new VenueAudit(),
            new MarketPrices(ground.host.readModel(), ground.reference),
            new LedgerMarks(),
            ground.database.jooq(),
            clock),
        keys,
        plans.plans(),
        plans.withdrawalTerms());
  }

  private static CustodyCapital capital(DSLContext sql, Custody custody, ChainPlans plans) {
    return new CustodyCapital(
        sql,
        plans.served(),
        custody.withdrawals(),
        custody.destinations(),
        (account, family) -> custody.addresses().address(account, family).address(),
        custody.addressBook());
  }

  private static Disclosures disclosures(
      Ground ground, Custody custody, Custody.Keys keys, InstantSource clock) {
    return new Disclosures(
        ground.database.jooq(),
        custody.assets().values(),
        new Liabilities(ground.salts, new VenueAudit(), clock),
        keys.statements(),
        keys.signer(),
        new VenueAudit(),
        clock);
  }

  /** The operator's nodes, and the embedded ones where he names none. */
  private static Map<ChainName, NodeAddress> nodes(CustodySettings settings, Ground ground) {
    Map<ChainName, NodeAddress> nodes = new EnumMap<>(ChainName.class);
    ground.nodes.ifPresent(embedded -> nodes.putAll(embedded(embedded)));
    nodes.putAll(settings.nodes());
    return nodes;
  }

  static Map<ChainName, NodeAddress> embedded(ChainNodes nodes) {
    Map<ChainName, NodeAddress> addresses = new EnumMap<>(ChainName.class);
    for (ChainName chain : ChainName.values()) {
      if (chain.hasOutputs()) {
        String coin = chain.name().toLowerCase(Locale.ROOT);
        addresses.put(chain, NodeAddress.of(nodes.utxo().url(coin), nodes.utxo().cookie(coin)));
      }
    }
    String url = nodes.account().node().httpUrl();
    if (url != null) {
      addresses.put(ChainName.ETH, NodeAddress.of(url, null));
    }
    return addresses;
  }

  /** What the operator named, else what is known, else a demo makes one on its own chain. */
  private static Optional<String> dollar(CustodySettings settings, Ground ground)
      throws IOException {
    if (settings.dollar().isPresent()) {
      return settings.dollar();
    }
    byte[] known =
        ground
            .database
            .jooq()
            .select(CUSTODY_ASSETS.CONTRACT)
            .from(CUSTODY_ASSETS)
            .where(CUSTODY_ASSETS.CODE.eq("USDT"))
            .fetchOne(CUSTODY_ASSETS.CONTRACT);
    if (known != null) {
      return Optional.of(HexFormat.of().formatHex(known));
    }
    if (!ground.demo || ground.nodes.isEmpty() || settings.nodes().containsKey(ChainName.ETH)) {
      return Optional.empty();
    }
    String url = ground.nodes.get().account().node().httpUrl();
    return url == null ? Optional.empty() : Optional.of(DemoFaucet.deployDollar(url));
  }

  /** Nothing is signed before the chains have been scanned; said before anything can be. */
  private static void lock(
      Leadership leadership, RestoredKeys restored, Guard guard, InstantSource clock) {
    byte[] newest = guard.newest().map(entry -> entry.unsigned().toBytes()).orElse(null);
    leadership.run(t -> RestoreLock.lock(t, restored.since(), newest, clock.instant()));
    LOG.warn(
        "custody's keys were restored: each chain is scanned to its tip before anything is signed for it");
  }

  /** Where chains begin that were never scanned, after a restore. */
  private static Map<ChainName, Long> since(DSLContext sql) {
    Map<ChainName, Long> since = new EnumMap<>(ChainName.class);
    for (ChainName chain : ChainName.values()) {
      RestoreLock.since(sql, chain).ifPresent(height -> since.put(chain, height));
    }
    return since;
  }

  /** Watches what a restore has found, once. */
  private static void watch(CustodyFolder folder, RestoredKeys restored, AddressIssue addresses)
      throws IOException {
    for (RestoredKeys.Range range : restored.ranges()) {
      int added =
          addresses.restore(range.family(), range.tier(), range.lastIndex(), range.owners());
      LOG.info("watching {} restored addresses of {} {}", added, range.family(), range.tier());
    }
    RestoredKeys.done(folder);
  }

  /** Makes the addresses that the operator may have to bring coins to before anything is swept. */
  private static void houses(List<ChainPlan> plans, Derivation derivation, AddressIssue addresses) {
    for (ChainPlan plan : plans) {
      ChainName chain = plan.settings().chain();
      for (Tier tier : List.of(Tier.HOT, Tier.GAS)) {
        if (derivation.has(chain, tier)) {
          var _ = addresses.house(chain, tier);
        }
      }
    }
  }

  /** Watches the cold addresses that the operator names, from now on. */
  private static void cold(CustodySettings settings, AddressIssue addresses) throws IOException {
    for (Address address : settings.cold().values()) {
      try {
        if (addresses.watchOnly(Tier.COLD, address)) {
          LOG.info("the cold tier of {} is {}", address.chain(), address.text());
        }
      } catch (IllegalArgumentException e) {
        throw new IOException("FONDACO_COLD_ADDRESS: " + e.getMessage(), e);
      }
    }
  }

  /** Brings ether for fees to a demo's hot wallet and gas station, which have none. */
  private static void bringFloat(Ground ground, AddressIssue addresses) throws IOException {
    String url = ground.nodes.orElseThrow().account().node().httpUrl();
    if (url != null) {
      for (Tier tier : List.of(Tier.GAS, Tier.HOT)) {
        DemoFaucet.fund(url, addresses.house(ChainName.ETH, tier).address(), FLOAT_ETHER);
      }
    }
  }

  /** The contract of USDT, 40 digits; empty when custody has no USDT. */
  public Optional<String> dollar() {
    return custody.assets().values().stream()
        .map(Asset::contract)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static List<String> announcement(
      CustodySettings settings,
      CustodyFolder folder,
      Custody custody,
      Map<ChainName, NodeAddress> nodes) {
    List<String> lines = new ArrayList<>();
    String codes =
        custody.assets().values().stream().map(Asset::code).sorted().collect(joining(" "));
    lines.add(
        "Custody        on, %s, of %s"
            .formatted(
                settings.network(), codes.isEmpty() ? "no asset, none is listed yet" : codes));
    lines.add("  Vault        " + folder.vault());
    settings
        .module()
        .ifPresent(module ->
            lines.add("  Module       %s, slot %d".formatted(module.library(), module.slot())));
    for (ScanStatus chain : custody.statuses()) {
      NodeAddress node = Objects.requireNonNull(nodes.get(chain.chain()));
      lines.add(
          "  %-4s node    %s%s"
              .formatted(
                  chain.chain(),
                  node.url().getScheme() + "://" + node.url().getAuthority(),
                  settings.nodes().containsKey(chain.chain()) ? "" : " (embedded)"));
    }
    return lines;
  }

  /** What is printed when the venue serves; no secrets. */
  public List<String> announcement() {
    return announcement;
  }

  /** What customers do with it. */
  public CustodyCapital capital() {
    return capital;
  }

  public Custody custody() {
    return custody;
  }

  /** What is owed and what is there, published. */
  public Disclosures disclosures() {
    return disclosures;
  }

  /** Stops the threads, then forgets the keys. */
  @Override
  public void close() throws IOException {
    custody.close();
    lead.close();
    leadership.close();
    keys.signer().close();
    keys.guard().close();
  }
}
