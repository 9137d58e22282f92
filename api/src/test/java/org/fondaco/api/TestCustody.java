package org.fondaco.api;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_ASSETS;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;
import static org.fondaco.db.schema.Tables.CUSTODY_DEPOSITS;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.fondaco.api.custody.CustodyCapital;
import org.fondaco.api.custody.EngineLedger;
import org.fondaco.api.custody.ServedAsset;
import org.fondaco.api.custody.VenueAudit;
import org.fondaco.api.wallet.Capital;
import org.fondaco.custody.address.AddressException;
import org.fondaco.custody.address.Addresses;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.leader.Leadership;
import org.fondaco.custody.outbox.Dispatcher;
import org.fondaco.custody.outbox.Subject;
import org.fondaco.custody.policy.AddressBook;
import org.fondaco.custody.scan.AssetSettings;
import org.fondaco.custody.withdrawal.Destinations;
import org.fondaco.custody.withdrawal.WithdrawalException;
import org.fondaco.custody.withdrawal.WithdrawalPolicy;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Decision;
import org.fondaco.custody.withdrawal.WithdrawalPolicy.Verdict;
import org.fondaco.custody.withdrawal.WithdrawalTerms.Terms;
import org.fondaco.custody.withdrawal.Withdrawals;
import org.fondaco.db.schema.tables.records.CustodyDepositsRecord;
import org.jooq.DSLContext;

/**
 * Custody as far as customers see it, without chains: real tables, outbox, relay and engine;
 * deposits are what a test writes, and nothing is ever paid. From 5 BTC people have to approve, and
 * more than 100 are denied.
 */
final class TestCustody implements AutoCloseable {
  static final String FOREIGN = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  private static final String TOKEN = "a0b86991c6218b36c1d19d4a2e9eb0ce3606eb48";
  private static final long COIN = 100_000_000;

  private final DSLContext database;
  private final Leadership lead;
  private final Withdrawals withdrawals;
  private final Dispatcher dispatcher;
  private final Thread relay;
  private final Capital capital;
  private volatile boolean stopping;

  private static final List<ServedAsset> SERVED =
      List.of(
          served(
              new Asset(TestVenue.BTC, "BTC", ChainName.BTC, null, 8, 8),
              10_000,
              new AssetSettings.Tier(0, 2),
              new AssetSettings.Tier(COIN, 6)),
          served(
              new Asset(TestVenue.ETH, "ETH", ChainName.ETH, null, 18, 8),
              10_000_000_000_000L,
              new AssetSettings.Tier(0, 12)),
          served(
              new Asset(TestVenue.USDT, "USDT", ChainName.ETH, TOKEN, 6, 8),
              1_000_000,
              new AssetSettings.Tier(0, 12)));

  private static ServedAsset served(Asset asset, long minimum, AssetSettings.Tier... tiers) {
    return ServedAsset.of(
        new AssetSettings(asset, BigInteger.valueOf(minimum), List.of(tiers), BigInteger.ZERO, 1));
  }

  TestCustody(Venue venue) {
    database = venue.database().jooq();
    InstantSource clock = InstantSource.system();
    lead = Leadership.take(venue.database().dataSource(), database, "test", clock).orElseThrow();
    tables();
    Destinations destinations = TestCustody::parse;
    withdrawals =
        new Withdrawals(
            lead,
            clock,
            Map.of(
                TestVenue.BTC, SERVED.get(0).asset(),
                TestVenue.ETH, SERVED.get(1).asset(),
                TestVenue.USDT, SERVED.get(2).asset()),
            destinations,
            asset -> asset.code().equals("BTC") ? new Terms(5_000, 10_000) : new Terms(COIN, COIN),
            _ -> false,
            policy(),
            new VenueAudit());
    dispatcher =
        new Dispatcher(
            lead,
            new EngineLedger(venue.host().gateway()),
            Map.of(Subject.Kind.WITHDRAWAL, withdrawals),
            clock);
    capital =
        new CustodyCapital(
            database,
            SERVED,
            withdrawals,
            destinations,
            this::issue,
            new AddressBook(clock, new VenueAudit()));
    relay = Thread.ofPlatform().name("test-custody").daemon().start(this::work);
  }

  Optional<Capital> capital() {
    return Optional.of(capital);
  }

  private void work() {
    while (!stopping) {
      boolean busy = dispatcher.step() | withdrawals.step();
      if (!busy) {
        LockSupport.parkNanos(2_000_000);
      }
    }
  }

  private static WithdrawalPolicy policy() {
    return (_, candidate) -> {
      boolean large = candidate.amount() >= 5 * COIN && candidate.asset().code().equals("BTC");
      Verdict verdict = large ? Verdict.AWAIT : Verdict.ALLOW;
      return candidate.amount() > 100 * COIN
          ? new Decision(Verdict.DENY, 1, "{}", null, "more than a day's limit")
          : new Decision(verdict, 1, "{}", null, "");
    };
  }

  private static Destinations.Destination parse(ChainName chain, String text) {
    try {
      var address = Addresses.parse(chain, Network.REGTEST, text);
      return new Destinations.Destination(address.text(), address.target());
    } catch (AddressException e) {
      throw new WithdrawalException(
          WithdrawalException.Reason.MALFORMED_ADDRESS, String.valueOf(e.getMessage()));
    }
  }

  private void tables() {
    for (ChainName chain : List.of(ChainName.BTC, ChainName.ETH)) {
      database
          .insertInto(CUSTODY_CHAINS)
          .set(CUSTODY_CHAINS.CHAIN, chain.name())
          .set(CUSTODY_CHAINS.IDENTITY, "test")
          .set(CUSTODY_CHAINS.CURSOR_HEIGHT, 100L)
          .set(CUSTODY_CHAINS.CURSOR_HASH, new byte[32])
          .execute();
    }
    for (ServedAsset served : SERVED) {
      database
          .insertInto(CUSTODY_ASSETS)
          .set(CUSTODY_ASSETS.ASSET, served.asset().id())
          .set(CUSTODY_ASSETS.CODE, served.asset().code())
          .set(CUSTODY_ASSETS.CHAIN, served.asset().chain().name())
          .set(
              CUSTODY_ASSETS.CONTRACT,
              served.asset().isCoin() ? null : java.util.HexFormat.of().parseHex(TOKEN))
          .set(CUSTODY_ASSETS.DECIMALS, served.asset().decimals())
          .set(CUSTODY_ASSETS.SCALE, served.asset().scale())
          .execute();
    }
  }

  /** An address of nobody's key: the account's number in a witness program or in 20 bytes. */
  private String issue(long account, ChainName family) {
    byte[] target = new byte[family.hasOutputs() ? 22 : 20];
    if (family.hasOutputs()) {
      target[1] = 20;
    }
    for (int i = 0; i < Long.BYTES; i++) {
      target[target.length - 1 - i] = (byte) (account >>> 8 * i);
    }
    String text = Addresses.of(family, Network.REGTEST, target).text();
    database
        .insertInto(CUSTODY_ADDRESSES)
        .set(CUSTODY_ADDRESSES.FAMILY, family.name())
        .set(CUSTODY_ADDRESSES.TIER, "CUSTOMER")
        .set(CUSTODY_ADDRESSES.INDEX, account)
        .set(CUSTODY_ADDRESSES.PATH, "m")
        .set(CUSTODY_ADDRESSES.ADDRESS, text)
        .set(CUSTODY_ADDRESSES.SCRIPT, target)
        .set(CUSTODY_ADDRESSES.ACCOUNT, account)
        .set(CUSTODY_ADDRESSES.STATE, "ISSUED")
        .onConflictDoNothing()
        .execute();
    return text;
  }

  /** A deposit of so many units, mined at this height, in this state; its id is its number. */
  void deposit(long account, ChainName family, int asset, long units, long height, String state) {
    CustodyDepositsRecord row = database.newRecord(CUSTODY_DEPOSITS);
    byte[] txid = new byte[32];
    txid[31] = (byte) database.fetchCount(CUSTODY_DEPOSITS);
    row.setChain(family.name());
    row.setTxid(txid);
    row.setPosition("0");
    row.setAsset(asset);
    row.setAccount(account);
    row.setAddressId(
        database
            .selectFrom(CUSTODY_ADDRESSES)
            .where(CUSTODY_ADDRESSES.ACCOUNT.eq(account))
            .and(CUSTODY_ADDRESSES.FAMILY.eq(family.name()))
            .fetchSingle()
            .getAddressId());
    row.setAtoms(BigDecimal.valueOf(units).toBigInteger());
    row.setUnits(units);
    row.setResidue(BigInteger.ZERO);
    row.setHeight(height);
    row.setState(state);
    row.setSeenAt(OffsetDateTime.now());
    row.setChangedAt(OffsetDateTime.now());
    if (state.equals("CREDITED")) {
      row.setCreditedAt(OffsetDateTime.now());
    }
    row.insert();
  }

  @Override
  public void close() throws InterruptedException {
    stopping = true;
    relay.join();
    lead.close();
  }
}
