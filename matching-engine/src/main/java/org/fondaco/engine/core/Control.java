package org.fondaco.engine.core;

import static org.fondaco.engine.protocol.RejectReason.*;

import java.util.Arrays;
import org.fondaco.engine.protocol.KillScope;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.sbe.AddAssetDecoder;
import org.fondaco.engine.sbe.AddSymbolDecoder;
import org.fondaco.engine.sbe.KillDecoder;
import org.fondaco.engine.sbe.LiftKillDecoder;
import org.fondaco.engine.sbe.SetAccountDecoder;
import org.fondaco.engine.sbe.SetFeesDecoder;
import org.fondaco.engine.sbe.SetFiltersDecoder;
import org.fondaco.engine.sbe.SetReferencePriceDecoder;
import org.fondaco.engine.sbe.SetStatusDecoder;

/** Configuration of assets, symbols and accounts, and the kill switch's flags. */
final class Control {

  private static final int SCALE_MAX = 10;
  private static final long ID_LIMIT = 1L << 53;
  private static final long RATE_MAX = 100_000_000L;
  private static final int WINDOW_MAX = 1_000;
  private static final int STATUSES = SymbolStatus.values().length;

  private final Venue venue;
  private final EventWriter events;
  private final ControlEvents control;
  private final Kills kills;
  private final long[] name = new long[Assets.CODE_LONGS];

  Control(Venue venue, ControlEvents control, Kills kills) {
    this.venue = venue;
    this.control = control;
    this.kills = kills;
    events = venue.events;
  }

  private void reject(RejectReason reason, long account, int symbol) {
    events.rejected(RejectStage.CONTROL, reason, account, symbol, 0);
  }

  void addAsset(AddAssetDecoder command) {
    ClientIdCodec.readCode(
        command.buffer(), command.offset() + AddAssetDecoder.codeEncodingOffset(), name);
    int asset = command.asset();
    RejectReason reason = NONE;
    if (venue.assets.find(asset) >= 0 || venue.assets.hasCode(name)) {
      reason = ALREADY_EXISTS;
    } else if (asset <= 0 || command.scale() < 0 || command.scale() > SCALE_MAX || name[0] == 0) {
      reason = INVALID_CONFIGURATION;
    } else if (venue.assets.full()) {
      reason = CAPACITY;
    }
    if (reason == NONE) {
      control.asset(venue.assets.add(asset, name, command.scale()));
    } else {
      reject(reason, 0, 0);
    }
  }

  void addSymbol(AddSymbolDecoder command) {
    Market.Definition d = new Market.Definition();
    d.id = command.symbol();
    ClientIdCodec.readCode(
        command.buffer(), command.offset() + AddSymbolDecoder.nameEncodingOffset(), d.name);
    d.baseAsset = venue.assets.find(command.baseAsset());
    d.quoteAsset = venue.assets.find(command.quoteAsset());
    d.tickUnit = command.tickUnit();
    d.lotUnit = command.lotUnit();
    d.defaultMode = command.defaultSelfTradePreventionMode();
    Rules rules = new Rules(command.filters());
    RejectReason reason = checkSymbol(d, rules);
    if (reason == NONE) {
      Market m = new Market(venue, venue.marketCount(), d, rules);
      venue.addMarket(m);
      control.symbol(m);
    } else {
      reject(reason, 0, d.id);
    }
  }

  private RejectReason checkSymbol(Market.Definition d, Rules rules) {
    if (venue.findMarket(d.id) != null || nameTaken(d.name)) {
      return ALREADY_EXISTS;
    }
    if (d.baseAsset < 0 || d.quoteAsset < 0) {
      return UNKNOWN_ASSET;
    }
    if (d.id <= 0 || d.tickUnit <= 0 || d.lotUnit <= 0 || d.name[0] == 0) {
      return INVALID_CONFIGURATION;
    }
    d.baseOne = tenTo(venue.assets.scale(d.baseAsset));
    if (d.baseAsset == d.quoteAsset
        || Math.multiplyHigh(d.tickUnit, d.lotUnit) != 0
        || d.tickUnit * d.lotUnit < 0
        || d.tickUnit * d.lotUnit % d.baseOne != 0
        || !rules.valid(d.tickUnit, d.lotUnit, d.baseOne)) {
      return INVALID_CONFIGURATION;
    }
    return venue.marketCount() >= venue.sizing.symbols() ? CAPACITY : NONE;
  }

  private boolean nameTaken(long[] other) {
    for (int i = 0; i < venue.marketCount(); i++) {
      if (Arrays.equals(venue.market(i).name, other)) {
        return true;
      }
    }
    return false;
  }

  static long tenTo(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }

  void setFilters(SetFiltersDecoder command) {
    Market m = venue.findMarket(command.symbol());
    Rules rules = new Rules(command.filters());
    if (m == null) {
      reject(UNKNOWN_SYMBOL, 0, command.symbol());
    } else if (!rules.valid(m.tickUnit, m.lotUnit, m.baseOne)) {
      reject(INVALID_CONFIGURATION, 0, command.symbol());
    } else {
      m.rules = rules;
      control.symbol(m);
    }
  }

  void setFees(SetFeesDecoder command) {
    Market m = venue.findMarket(command.symbol());
    int tier = command.tier();
    long maker = command.makerRate();
    long taker = command.takerRate();
    if (m == null) {
      reject(UNKNOWN_SYMBOL, 0, command.symbol());
    } else if (tier < 0
        || tier >= Market.TIERS
        || Math.min(maker, taker) < 0
        || Math.max(maker, taker) > RATE_MAX
        || venue.assets.scale(m.baseAsset) < 4 && (maker | taker) != 0) {
      reject(INVALID_CONFIGURATION, 0, command.symbol());
    } else {
      m.rates(tier, maker, taker);
      control.fees(m, tier);
    }
  }

  void setStatus(SetStatusDecoder command) {
    Market m = venue.findMarket(command.symbol());
    if (m == null) {
      reject(UNKNOWN_SYMBOL, 0, command.symbol());
    } else if (command.status() >= STATUSES) {
      reject(INVALID_CONFIGURATION, 0, command.symbol());
    } else {
      m.status = command.status();
      control.symbol(m);
    }
  }

  void setReferencePrice(SetReferencePriceDecoder command) {
    Market m = venue.findMarket(command.symbol());
    if (m == null) {
      reject(UNKNOWN_SYMBOL, 0, command.symbol());
    } else if (command.referencePrice() < 0) {
      reject(INVALID_CONFIGURATION, 0, command.symbol());
    } else {
      m.referencePrice = command.referencePrice();
      control.symbol(m);
    }
  }

  void setAccount(SetAccountDecoder command) {
    long account = command.account();
    int window = command.clientIdWindow();
    if (account < SystemAccounts.FIRST_CUSTOMER
        || account >= ID_LIMIT
        || command.feeTier() < 0
        || command.feeTier() >= Market.TIERS
        || command.tradeGroupId() < -1
        || window < 0
        || window > WINDOW_MAX) {
      reject(INVALID_CONFIGURATION, account, 0);
      return;
    }
    int slot = venue.accounts.find(account);
    if (slot < 0 && venue.accounts.full()) {
      reject(CAPACITY, account, 0);
      return;
    }
    if (slot < 0) {
      slot = venue.accounts.add(account);
    }
    if (window != venue.accounts.window(slot)) {
      resizeWindows(slot, window);
    }
    venue.accounts.options(
        slot, command.tradingEnabled() != 0, command.feeTier(), command.tradeGroupId(), window);
    control.account(slot);
  }

  private void resizeWindows(int account, int window) {
    Positions positions = venue.positions;
    for (int p = venue.accounts.firstPosition(account); p >= 0; p = positions.sibling(p)) {
      ClosedIds closed = positions.closed(p);
      if (closed != null) {
        positions.closed(p, window == 0 ? null : closed.resized(window));
      }
    }
  }

  void freeze(long account, boolean frozen) {
    int slot = venue.accounts.find(account);
    if (slot < 0 || SystemAccounts.isSystem(account)) {
      reject(UNKNOWN_ACCOUNT, account, 0);
      return;
    }
    venue.accounts.frozen(slot, frozen);
    kills.accountChanged(slot);
    control.frozen(slot);
    if (frozen) {
      kills.proceed();
    }
  }

  void kill(KillDecoder command) {
    boolean whole = command.scope() == KillScope.VENUE.ordinal();
    setKilled(whole, command.account(), true);
  }

  void liftKill(LiftKillDecoder command) {
    boolean whole = command.scope() == KillScope.VENUE.ordinal();
    setKilled(whole, command.account(), false);
  }

  private void setKilled(boolean whole, long account, boolean killed) {
    if (whole) {
      venue.killed = killed;
      kills.venueChanged();
      control.venue();
    } else {
      int slot = venue.accounts.find(account);
      // The house came after the first journals, which refused its id; it never trades.
      if (slot < 0 || account == SystemAccounts.HOUSE) {
        reject(UNKNOWN_ACCOUNT, account, 0);
        return;
      }
      venue.accounts.killed(slot, killed);
      kills.accountChanged(slot);
      control.account(slot);
    }
    if (killed) {
      kills.proceed();
    }
  }
}
