package org.fondaco.api;

import static org.fondaco.db.schema.Tables.ACCOUNTS;
import static org.fondaco.db.schema.Tables.USERS;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.fondaco.api.config.Settings;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.Permission;
import org.fondaco.api.security.Role;
import org.fondaco.api.wallet.Capital;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.SymbolStatus;

/**
 * A real venue on real PostgreSQL and a free port, with BTCUSDT and ETHUSDT and two funded traders:
 * alice owns money, bob owns coins.
 */
public final class TestVenue implements AutoCloseable {
  public static final long ALICE = 1_000;
  public static final long BOB = 1_001;
  public static final int BTC = 1;
  public static final int USDT = 2;
  public static final int ETH = 3;
  public static final int BTCUSDT = 1;
  public static final int ETHUSDT = 2;
  private static final long UNIT = 100_000_000;

  private final Venue venue;

  private TestVenue(Venue venue) {
    this.venue = venue;
  }

  /**
   * Starts on an empty or an earlier data folder, without a chain node unless told; further
   * settings as name, value, …
   */
  public static TestVenue start(Path data, String... settings) throws IOException {
    return start(data, _ -> Optional.empty(), settings);
  }

  /** As {@link #start(Path, String...)}, with the custody that the settings ask for. */
  static TestVenue startWithOwnCustody(Path data, String... settings) throws IOException {
    return new TestVenue(Venue.start(Settings.of(environment(data, settings))));
  }

  /** As {@link #start(Path, String...)}, with custody. */
  static TestVenue start(Path data, Function<Venue, Optional<Capital>> custody, String... settings)
      throws IOException {
    return new TestVenue(Venue.start(Settings.of(environment(data, settings)), custody));
  }

  private static Map<String, String> environment(Path data, String... settings) {
    Map<String, String> environment = new HashMap<>();
    environment.put("FONDACO_DATA", data.toString());
    environment.put("FONDACO_PORT", "0");
    environment.put("FONDACO_DEMO", "off");
    environment.put("FONDACO_NODE", "off");
    environment.put("FONDACO_JOURNAL_SEGMENT_MIB", "32");
    environment.put("FONDACO_WEIGHT_PER_MINUTE", "1000000");
    environment.put("FONDACO_ORDERS_PER_TEN_SECONDS", "1000000");
    environment.put("FONDACO_ORDERS_PER_DAY", "1000000");
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    return environment;
  }

  public Venue venue() {
    return venue;
  }

  /** Lays assets, symbols, fees (0.1 %) and funded accounts; once a data folder. */
  public TestVenue seed() {
    apply(new Command.AddAsset(BTC, "BTC", 8));
    apply(new Command.AddAsset(USDT, "USDT", 8));
    apply(new Command.AddAsset(ETH, "ETH", 8));
    symbol(BTCUSDT, "BTCUSDT", BTC);
    symbol(ETHUSDT, "ETHUSDT", ETH);
    account(ALICE, "alice");
    account(BOB, "bob");
    credit(ALICE, USDT, 1_000_000);
    credit(BOB, BTC, 1_000);
    credit(BOB, ETH, 1_000);
    return this;
  }

  /** A client with a new key that may do everything. */
  public ApiClient client(long account) {
    return new ApiClient(
        venue.address(), key(account, EnumSet.of(Permission.USER_DATA, Permission.TRADE)));
  }

  public ApiKeys.NewKey key(long account, Set<Permission> permissions) {
    return venue.keys().create(userOf(account), account, "test", permissions);
  }

  /** The user who has the account. */
  public long userOf(long account) {
    return venue
        .database()
        .jooq()
        .select(ACCOUNTS.USER_ID)
        .from(ACCOUNTS)
        .where(ACCOUNTS.ACCOUNT_ID.eq(account))
        .fetchSingle()
        .value1();
  }

  /** Gives whole units of an asset. */
  public void credit(long account, int asset, long units) {
    RejectReason reason =
        venue.control().creditTestFunds("test", account, asset, Math.multiplyExact(units, UNIT));
    if (reason != RejectReason.NONE) {
      throw new IllegalStateException("not credited: " + reason);
    }
  }

  public void apply(Command command) {
    RejectReason reason = venue.control().execute("test", command);
    if (reason != RejectReason.NONE) {
      throw new IllegalStateException(command + " refused: " + reason);
    }
  }

  public void account(long account, String name) {
    long user =
        venue
            .database()
            .jooq()
            .insertInto(USERS)
            .set(USERS.NAME, name)
            .set(USERS.EMAIL, name + "@example.org")
            .set(USERS.PASSWORD_HASH, "none")
            .set(USERS.ROLE, "TRADER")
            .returning(USERS.USER_ID)
            .fetchSingle()
            .getUserId();
    venue
        .database()
        .jooq()
        .insertInto(ACCOUNTS)
        .set(ACCOUNTS.ACCOUNT_ID, account)
        .set(ACCOUNTS.USER_ID, user)
        .execute();
    apply(new Command.SetAccount(account, true, 0, -1, 0));
  }

  /** Somebody who has registered, was given this role, and has signed in. */
  public Browser person(String name, Role role) {
    Browser browser = new Browser(venue.address());
    browser
        .post(
            "/v1/registration",
            "email",
            Browser.email(name),
            "name",
            name,
            "password",
            Browser.PASSWORD)
        .ok();
    venue
        .database()
        .jooq()
        .update(USERS)
        .set(USERS.ROLE, role.name())
        .where(USERS.NAME.eq(name))
        .execute();
    return browser.signIn(name, Browser.PASSWORD);
  }

  private void symbol(int id, String name, int base) {
    apply(
        new Command.AddSymbol(
            id, name, base, USDT, 10_000, 10_000, SelfTradePreventionMode.NONE, filters(1_000)));
    apply(new Command.SetFees(id, 0, 100_000, 100_000));
    apply(new Command.SetStatus(id, SymbolStatus.TRADING));
  }

  /** Tick 0.01, lot 0.0001, at least 5 USDT. */
  public static Filters filters(int maxOrders) {
    return new Filters(
        1_000_000,
        10_000_000 * UNIT / 10,
        1_000_000,
        10_000,
        9_000 * UNIT,
        10_000,
        10_000,
        1_000 * UNIT,
        10_000,
        5 * UNIT,
        9_000_000 * UNIT,
        0,
        5,
        50_000,
        2_000,
        50_000,
        2_000,
        0,
        0,
        0,
        0,
        10,
        10,
        2_000,
        10,
        2_000,
        maxOrders,
        5,
        20,
        10,
        true,
        false,
        31);
  }

  @Override
  public void close() {
    venue.close();
  }
}
