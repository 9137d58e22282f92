package org.fondaco.engine.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.fondaco.engine.core.InternalSources;
import org.fondaco.engine.protocol.CancelReplaceMode;
import org.fondaco.engine.protocol.CancelRestriction;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandHeader;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.KillScope;
import org.fondaco.engine.protocol.ListType;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.Outcome;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.SymbolStatus;
import org.jspecify.annotations.Nullable;

/**
 * Endless commands from a seed: few accounts, few prices, few ids, so that everything collides with
 * everything. It watches the events only to aim at what is open.
 */
final class CommandGenerator {

  private static final long SECOND = 1_000_000;

  private final SplittableRandom random;
  private final OrderGenerator orders;
  private final TransferGenerator transfers;
  private final Deque<Command> opening;
  private final Map<Integer, List<Step>> sent = new HashMap<>();
  private final Set<Long> killed = new HashSet<>();
  private final Set<Long> frozen = new HashSet<>();
  private final Map<Integer, SymbolStatus> statuses = new HashMap<>();
  private boolean venueKilled;
  private long time = 1_700_000_000_000_000L;
  private int nextSource = 3;
  private int[] sources = {InternalSources.CUSTODY, 2};

  CommandGenerator(long seed) {
    random = new SplittableRandom(seed);
    orders = new OrderGenerator(random.split());
    transfers = new TransferGenerator(random.split());
    opening = new ArrayDeque<>(Venue.opening(random.split()));
  }

  /** Looks at what the last command did. */
  void observe(List<EngineEvent> events) {
    for (EngineEvent event : events) {
      switch (event) {
        case EngineEvent.SymbolChanged e -> statuses.put(e.symbol(), e.status());
        case EngineEvent.VenueChanged e -> venueKilled = e.killed();
        case EngineEvent.AccountChanged e -> {
          if (e.killed()) {
            killed.add(e.account());
          } else {
            killed.remove(e.account());
          }
        }
        case EngineEvent.FreezeChanged e -> {
          if (e.frozen()) {
            frozen.add(e.account());
          } else {
            frozen.remove(e.account());
          }
        }
        case EngineEvent.SourceOutcome e -> {
          for (int i = 0; i < sources.length; i++) {
            if (sources[i] == e.source()
                && e.outcome() == Outcome.FROZEN
                && random.nextInt(20) == 0) {
              sources[i] = nextSource++;
            }
          }
        }
        default -> {
          orders.observe(event);
          transfers.observe(event);
        }
      }
    }
  }

  Step next() {
    if (!opening.isEmpty()) {
      time += 1000;
      return new Step(new CommandHeader(time, 0, 0, 0, 0), opening.remove());
    }
    advance();
    int way = random.nextInt(100);
    if (way < 12) {
      return numbered();
    }
    Command command = command();
    if (way < 35) {
      return new Step(
          new CommandHeader(time, random.nextInt(2), 1 + random.nextInt(4_000), 0, 0), command);
    }
    return new Step(new CommandHeader(time, 0, 0, 0, 0), command);
  }

  private void advance() {
    int kind = random.nextInt(1_000);
    if (kind < 300) {
      time += random.nextInt(50);
    } else if (kind < 900) {
      time += random.nextInt(200_000);
    } else if (kind < 960) {
      time -= random.nextInt(300_000);
    } else if (kind < 998) {
      time += random.nextLong(5 * SECOND);
    } else {
      time += random.nextLong(200 * SECOND);
    }
  }

  private Step numbered() {
    int source = sources[random.nextInt(sources.length)];
    List<Step> history = sent.computeIfAbsent(source, _ -> new ArrayList<>());
    int last = history.size();
    int kind = random.nextInt(1_000);
    if (last > 0 && kind < 60) {
      int back = kind < 50 ? random.nextInt(Math.min(last, 40)) : random.nextInt(last);
      Step old = history.get(last - 1 - back);
      return new Step(header(source, old.header().digestLow(), last - back), old.command());
    }
    if (last > 0 && kind < 61) {
      Step old = history.getLast();
      return new Step(header(source, old.header().digestLow() + 1, last), command());
    }
    if (kind < 80) {
      long number = random.nextBoolean() ? last + 2 + random.nextInt(3) : -random.nextInt(3);
      return new Step(header(source, 5, number), command());
    }
    Command next =
        source == InternalSources.CUSTODY && random.nextBoolean() ? transfers.custody() : command();
    Step step = new Step(header(source, random.nextInt(1_000), last + 1), next);
    history.add(step);
    return step;
  }

  private CommandHeader header(int source, long payload, long number) {
    return new CommandHeader(time, 1, payload, number, source);
  }

  private Market market() {
    return Venue.MARKETS.get(random.nextInt(Venue.MARKETS.size()));
  }

  private long account() {
    return random.nextInt(200) == 0
        ? random.nextInt(2_000)
        : Venue.FIRST_ACCOUNT + random.nextInt(Market.ACCOUNTS);
  }

  private int symbol() {
    return random.nextInt(200) == 0 ? random.nextInt(6) : market().symbol();
  }

  private Command command() {
    Command repair = repair();
    if (repair != null) {
      return repair;
    }
    int kind = random.nextInt(1_000);
    if (kind < 520) {
      Market market = market();
      return new Command.PlaceOrder(
          account(),
          random.nextInt(300) == 0 ? symbol() : market.symbol(),
          random.nextInt(30) == 0,
          orders.order(market));
    } else if (kind < 640) {
      return list();
    } else if (kind < 720) {
      return cancel();
    } else if (kind < 726) {
      return new Command.CancelAll(account(), symbol());
    } else if (kind < 786) {
      return cancelReplace();
    } else if (kind < 846) {
      return amend();
    } else if (kind < 890) {
      return move();
    } else if (kind < 905) {
      return cancelList();
    } else if (kind < 970) {
      return transfers.batch(time);
    } else if (kind < 973) {
      return custody();
    } else if (kind < 977) {
      return new Command.Tick();
    }
    return administration();
  }

  /** Most of the time whatever stands still is set going again soon. */
  private @Nullable Command repair() {
    if (venueKilled && random.nextInt(6) == 0) {
      return new Command.LiftKill(KillScope.VENUE, 0);
    }
    if (!killed.isEmpty() && random.nextInt(20) == 0) {
      return new Command.LiftKill(KillScope.ACCOUNT, killed.iterator().next());
    }
    if (!frozen.isEmpty() && random.nextInt(20) == 0) {
      return new Command.Unfreeze(frozen.iterator().next());
    }
    for (Market market : Venue.MARKETS) {
      SymbolStatus status = statuses.get(market.symbol());
      if (status != null && status != SymbolStatus.TRADING && random.nextInt(30) == 0) {
        return new Command.SetStatus(market.symbol(), SymbolStatus.TRADING);
      }
    }
    return null;
  }

  private Command list() {
    Market market = market();
    ListType type = ListType.values()[random.nextInt(3)];
    String clientId = random.nextInt(20) == 0 ? "" : "L" + random.nextInt(12);
    return new Command.PlaceOrderList(
        account(), market.symbol(), type, clientId, orders.legs(market, type));
  }

  private CancelRestriction restriction() {
    return random.nextInt(4) > 0
        ? CancelRestriction.NONE
        : CancelRestriction.values()[random.nextInt(3)];
  }

  private Command cancel() {
    OrderGenerator.Open target = orders.target(random);
    boolean byId = random.nextInt(3) > 0;
    boolean byClientId = !byId || random.nextInt(6) == 0;
    return new Command.CancelOrder(
        target.account(),
        target.symbol(),
        byId ? target.orderId() : 0,
        byClientId ? target.clientId() : "",
        random.nextInt(3) == 0 ? "" : "x" + random.nextInt(9),
        restriction());
  }

  private Command cancelReplace() {
    OrderGenerator.Open target = orders.target(random);
    Market market = Venue.marketOf(target.symbol());
    boolean byId = random.nextBoolean();
    return new Command.CancelReplace(
        target.account(),
        target.symbol(),
        CancelReplaceMode.values()[random.nextInt(2)],
        restriction(),
        byId ? target.orderId() : 0,
        byId ? "" : target.clientId(),
        "r" + random.nextInt(9),
        random.nextInt(3) == 0
            ? named(orders.order(market), target.clientId())
            : orders.order(market));
  }

  private Command amend() {
    OrderGenerator.Open target = orders.target(random);
    Market market = Venue.marketOf(target.symbol());
    long less = 1L + random.nextInt(4);
    long quantity =
        random.nextInt(20) == 0
            ? random.nextInt(1_000) - 100
            : target.quantity() - less * market.lotUnit();
    boolean byId = random.nextBoolean();
    return new Command.AmendOrder(
        target.account(),
        target.symbol(),
        byId ? target.orderId() : 0,
        byId ? "" : target.clientId(),
        random.nextInt(3) == 0 ? target.clientId() : orders.clientId(),
        quantity);
  }

  private Command move() {
    OrderGenerator.Open target = orders.target(random);
    Market market = Venue.marketOf(target.symbol());
    long price = random.nextInt(30) == 0 ? random.nextInt(1_000) - 10 : orders.nearby(market);
    return new Command.MoveOrder(target.account(), target.symbol(), target.orderId(), price);
  }

  private Command cancelList() {
    OrderGenerator.OpenList target = orders.targetList(random);
    boolean byId = random.nextBoolean();
    return new Command.CancelOrderList(
        target.account(),
        target.symbol(),
        byId ? target.orderListId() : 0,
        byId && random.nextInt(4) > 0 ? "" : target.clientId(),
        random.nextInt(4) == 0 ? "" : "y" + random.nextInt(9));
  }

  private Command custody() {
    return switch (random.nextInt(5)) {
      case 0 -> new Command.Freeze(account());
      case 1 -> new Command.Unfreeze(account());
      case 2 -> new Command.AskSource(random.nextInt(5));
      default -> new Command.Mark(random.nextInt(1_000));
    };
  }

  private Command administration() {
    Market market = market();
    int symbol = random.nextInt(60) == 0 ? 9 : market.symbol();
    return switch (random.nextInt(13)) {
      case 0 -> new Command.SetFilters(symbol, market.filters(random, true));
      case 1 ->
          new Command.SetFilters(
              symbol,
              random.nextInt(3) == 0 ? market.broken(random) : market.filters(random, true));
      case 2, 3 -> new Command.SetFilters(symbol, market.filters(random, false));
      case 4 ->
          new Command.SetFees(
              symbol,
              random.nextInt(20) - 2,
              random.nextInt(200_000) - 1_000,
              random.nextInt(10) == 0 ? 100_000_001 : random.nextInt(500_000));
      case 5, 6 -> new Command.SetStatus(symbol, SymbolStatus.values()[random.nextInt(4)]);
      case 7 ->
          new Command.SetReferencePrice(
              symbol, random.nextInt(3) == 0 ? orders.nearby(market) : random.nextInt(2) - 1);
      case 8, 9 ->
          new Command.SetAccount(
              account(),
              random.nextInt(12) > 0,
              random.nextInt(3),
              random.nextInt(3) == 0 ? 7 : random.nextInt(4) - 2,
              random.nextInt(3) == 0 ? random.nextInt(6) - 1 : 0);
      case 10 ->
          random.nextInt(4) == 0
              ? new Command.Kill(KillScope.VENUE, 0)
              : new Command.Kill(KillScope.ACCOUNT, account());
      case 11 -> new Command.LiftKill(KillScope.ACCOUNT, account());
      default -> existing(market);
    };
  }

  /** Configuration that is there already, or is not valid. */
  private Command existing(Market market) {
    if (random.nextBoolean()) {
      int asset = random.nextInt(9) - 1;
      return new Command.AddAsset(asset, random.nextInt(3) == 0 ? "" : "FINE", asset * 3);
    }
    return new Command.AddSymbol(
        random.nextInt(8) - 1,
        random.nextBoolean() ? "SYMBOL1" : "SYMBOL" + random.nextInt(9),
        random.nextInt(7),
        random.nextInt(7),
        market.tickUnit() + random.nextInt(2),
        market.lotUnit(),
        SelfTradePreventionMode.NONE,
        market.filters(random, true));
  }

  /** Spec under another client id. */
  static OrderSpec named(OrderSpec spec, String clientId) {
    return new OrderSpec(
        spec.side(),
        spec.type(),
        spec.timeInForce(),
        spec.selfTradePreventionMode(),
        spec.trailingDelta(),
        spec.quantity(),
        spec.quoteOrderQuantity(),
        spec.price(),
        spec.stopPrice(),
        spec.icebergQuantity(),
        spec.strategyId(),
        spec.strategyType(),
        clientId);
  }
}
