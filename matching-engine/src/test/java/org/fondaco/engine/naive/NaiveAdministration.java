package org.fondaco.engine.naive;

import java.math.BigInteger;
import java.util.List;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.naive.NaiveState.Account;
import org.fondaco.engine.naive.NaiveState.Asset;
import org.fondaco.engine.naive.NaiveState.Fees;
import org.fondaco.engine.naive.NaiveState.Symbol;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.KillScope;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;
import org.jspecify.annotations.Nullable;

/** Configuration of assets, symbols and accounts, and the kill flags. */
final class NaiveAdministration {

  private static final long RATE_LIMIT = 100_000_000;

  private final NaiveState state;
  private final NaiveLife life;

  NaiveAdministration(NaiveState state, NaiveLife life) {
    this.state = state;
    this.life = life;
  }

  private void reject(RejectReason reason, long account, int symbol) {
    state.refuse(new EngineEvent.Rejected(RejectStage.CONTROL, reason, account, symbol, 0), reason);
  }

  void addAsset(Command.AddAsset command) {
    if (state.assets.containsKey(command.asset())
        || state.assets.values().stream().anyMatch(a -> a.code().equals(command.code()))) {
      reject(RejectReason.ALREADY_EXISTS, 0, 0);
    } else if (command.asset() <= 0
        || command.code().isEmpty()
        || command.scale() < 0
        || command.scale() > 10) {
      reject(RejectReason.INVALID_CONFIGURATION, 0, 0);
    } else {
      state.assets.put(command.asset(), new Asset(command.code(), command.scale()));
      state.emit(new EngineEvent.AssetChanged(command.asset(), command.code(), command.scale()));
    }
  }

  void addSymbol(Command.AddSymbol command) {
    Asset base = state.assets.get(command.baseAsset());
    Asset quote = state.assets.get(command.quoteAsset());
    if (state.symbols.containsKey(command.symbol())
        || state.symbols.values().stream().anyMatch(s -> s.name.equals(command.name()))) {
      reject(RejectReason.ALREADY_EXISTS, 0, command.symbol());
    } else if (base == null || quote == null) {
      reject(RejectReason.UNKNOWN_ASSET, 0, command.symbol());
    } else if (!validSymbol(command, base.scale())) {
      reject(RejectReason.INVALID_CONFIGURATION, 0, command.symbol());
    } else {
      Symbol symbol =
          new Symbol(
              command.symbol(),
              command.name(),
              command.baseAsset(),
              command.quoteAsset(),
              base.scale(),
              command.tickUnit(),
              command.lotUnit(),
              command.defaultSelfTradePreventionMode(),
              command.filters());
      state.symbols.put(command.symbol(), symbol);
      changed(symbol);
    }
  }

  private static boolean validSymbol(Command.AddSymbol command, int baseScale) {
    if (command.symbol() <= 0
        || command.name().isEmpty()
        || command.tickUnit() <= 0
        || command.lotUnit() <= 0
        || command.baseAsset() == command.quoteAsset()) {
      return false;
    }
    BigInteger product =
        BigInteger.valueOf(command.tickUnit()).multiply(BigInteger.valueOf(command.lotUnit()));
    return product.bitLength() <= 63
        && product.mod(BigInteger.TEN.pow(baseScale)).signum() == 0
        && valid(command.filters(), command.tickUnit(), command.lotUnit(), baseScale);
  }

  private static boolean valid(Filters f, long tickUnit, long lotUnit, int baseScale) {
    List<Long> numbers =
        List.of(
            f.minPrice(),
            f.minQuantity(),
            f.marketMinQuantity(),
            f.marketMaxQuantity(),
            f.marketStepSize(),
            f.minNotional(),
            f.maxNotional(),
            f.maxPosition(),
            (long) f.averagePriceMinutes(),
            (long) f.bidMultiplierUp(),
            (long) f.bidMultiplierDown(),
            (long) f.askMultiplierUp(),
            (long) f.askMultiplierDown(),
            (long) f.priceRangeBidUp(),
            (long) f.priceRangeBidDown(),
            (long) f.priceRangeAskUp(),
            (long) f.priceRangeAskDown(),
            (long) f.icebergParts(),
            (long) f.minTrailingAboveDelta(),
            (long) f.maxTrailingAboveDelta(),
            (long) f.minTrailingBelowDelta(),
            (long) f.maxTrailingBelowDelta(),
            (long) f.maxOrders(),
            (long) f.maxAlgoOrders(),
            (long) f.maxOrderLists(),
            (long) f.maxOrderAmends());
    return numbers.stream().allMatch(number -> number >= 0)
        && f.maxPrice() > 0
        && f.maxPrice() >= f.minPrice()
        && f.tickSize() > 0
        && f.tickSize() % tickUnit == 0
        && f.maxQuantity() > 0
        && f.maxQuantity() >= f.minQuantity()
        && f.stepSize() > 0
        && f.stepSize() % lotUnit == 0
        && f.marketStepSize() % lotUnit == 0
        && f.averagePriceMinutes() <= 60
        && f.allowedSelfTradePreventionModes() >= 0
        && f.allowedSelfTradePreventionModes() < 32
        && BigInteger.valueOf(f.maxPrice())
                .multiply(BigInteger.valueOf(f.maxQuantity()))
                .compareTo(NaiveState.LIMIT.multiply(BigInteger.TEN.pow(baseScale)))
            <= 0;
  }

  private void changed(Symbol symbol) {
    state.emit(
        new EngineEvent.SymbolChanged(
            symbol.id,
            symbol.name,
            symbol.base,
            symbol.quote,
            symbol.tickUnit,
            symbol.lotUnit,
            symbol.status,
            symbol.defaultMode,
            symbol.referencePrice,
            symbol.filters));
  }

  private @Nullable Symbol symbol(int id) {
    Symbol symbol = state.symbols.get(id);
    if (symbol == null) {
      reject(RejectReason.UNKNOWN_SYMBOL, 0, id);
    }
    return symbol;
  }

  void setFilters(Command.SetFilters command) {
    Symbol symbol = symbol(command.symbol());
    if (symbol == null) {
      return;
    }
    if (valid(command.filters(), symbol.tickUnit, symbol.lotUnit, symbol.baseScale)) {
      symbol.filters = command.filters();
      changed(symbol);
    } else {
      reject(RejectReason.INVALID_CONFIGURATION, 0, symbol.id);
    }
  }

  void setFees(Command.SetFees command) {
    Symbol symbol = symbol(command.symbol());
    if (symbol == null) {
      return;
    }
    boolean free = command.makerRate() == 0 && command.takerRate() == 0;
    if (command.tier() < 0
        || command.tier() > 15
        || command.makerRate() < 0
        || command.takerRate() < 0
        || command.makerRate() > RATE_LIMIT
        || command.takerRate() > RATE_LIMIT
        || (symbol.baseScale < 4 && !free)) {
      reject(RejectReason.INVALID_CONFIGURATION, 0, symbol.id);
      return;
    }
    symbol.fees[command.tier()] = new Fees(command.makerRate(), command.takerRate());
    state.emit(
        new EngineEvent.FeesChanged(
            symbol.id, command.tier(), command.makerRate(), command.takerRate()));
  }

  void setStatus(Command.SetStatus command) {
    Symbol symbol = symbol(command.symbol());
    if (symbol != null) {
      symbol.status = command.status();
      changed(symbol);
    }
  }

  void setReferencePrice(Command.SetReferencePrice command) {
    Symbol symbol = symbol(command.symbol());
    if (symbol == null) {
      return;
    }
    if (command.referencePrice() < 0) {
      reject(RejectReason.INVALID_CONFIGURATION, 0, symbol.id);
      return;
    }
    symbol.referencePrice = command.referencePrice();
    changed(symbol);
  }

  void setAccount(Command.SetAccount command) {
    if (command.account() < SystemAccounts.FIRST_CUSTOMER
        || command.account() >= 1L << 53
        || command.feeTier() < 0
        || command.feeTier() > 15
        || command.tradeGroupId() < -1
        || command.clientIdWindow() < 0
        || command.clientIdWindow() > 1_000) {
      reject(RejectReason.INVALID_CONFIGURATION, command.account(), 0);
      return;
    }
    Account account = state.accounts.computeIfAbsent(command.account(), Account::new);
    account.tradingEnabled = command.tradingEnabled();
    account.feeTier = command.feeTier();
    account.tradeGroupId = command.tradeGroupId();
    account.clientIdWindow = command.clientIdWindow();
    for (Symbol symbol : state.symbols.values()) {
      List<String> closed = symbol.closedIds.get(account.id);
      while (closed != null && closed.size() > account.clientIdWindow) {
        closed.removeFirst();
      }
    }
    changed(account);
  }

  private void changed(Account account) {
    state.emit(
        new EngineEvent.AccountChanged(
            account.id,
            account.tradingEnabled,
            account.killed,
            account.feeTier,
            account.tradeGroupId,
            account.clientIdWindow));
  }

  void freeze(long accountId, boolean frozen) {
    Account account = state.accounts.get(accountId);
    if (account == null) {
      reject(RejectReason.UNKNOWN_ACCOUNT, accountId, 0);
      return;
    }
    account.frozen = frozen;
    state.emit(new EngineEvent.FreezeChanged(accountId, frozen));
    if (frozen) {
      life.continueKills();
    }
  }

  void kill(KillScope scope, long accountId, boolean killed) {
    switch (scope) {
      case VENUE -> {
        state.venueKilled = killed;
        state.emit(new EngineEvent.VenueChanged(killed));
      }
      case ACCOUNT -> {
        Account account = state.accounts.get(accountId);
        if (account == null) {
          reject(RejectReason.UNKNOWN_ACCOUNT, accountId, 0);
          return;
        }
        account.killed = killed;
        changed(account);
      }
    }
    if (killed) {
      life.continueKills();
    }
  }
}
