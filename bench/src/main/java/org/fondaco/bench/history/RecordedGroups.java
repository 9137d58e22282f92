package org.fondaco.bench.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.host.EngineGateway;
import org.fondaco.engine.host.EngineHost;
import org.fondaco.engine.host.HostConfig;
import org.fondaco.engine.host.Projection;
import org.fondaco.engine.protocol.CancelRestriction;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TimeInForce;
import org.fondaco.engine.protocol.TransferLeg;

/** What a real engine says to a seeded crowd that places, trades and cancels on one symbol. */
public final class RecordedGroups implements Projection {
  /** As the replica commits. */
  private static final int COMMIT_GROUPS = 8_192;

  private static final int SYMBOL = 1;
  private static final int ACCOUNTS = 200;
  private static final long UNIT = 100_000_000;
  private static final int IN_FLIGHT = 512;

  private final List<Group> groups = new ArrayList<>();

  private record Group(long sequence, long time, UnsafeBuffer events) {}

  private RecordedGroups() {}

  /** Runs the crowd on an engine in this folder. */
  public static RecordedGroups record(Path folder, long seed, int commands) throws IOException {
    RecordedGroups recorded = new RecordedGroups();
    try (EngineHost host =
        EngineHost.start(
            HostConfig.standard(folder), () -> new Engine(EngineSizing.small()), recorded)) {
      open(host.gateway());
      Random random = new Random(seed);
      List<CompletableFuture<CommandResult>> waiting = new ArrayList<>();
      for (int i = 1; i <= commands; i++) {
        waiting.add(host.gateway().submit(command(random, i)));
        if (waiting.size() == IN_FLIGHT || i == commands) {
          waiting.forEach(CompletableFuture::join);
          waiting.clear();
        }
      }
    }
    return recorded;
  }

  /** Delivers everything to a projection, which commits as it would behind a replica. */
  public void deliver(Projection to) throws ProjectionUnavailable {
    int uncommitted = 0;
    for (Group group : groups) {
      to.group(group.sequence(), group.time(), group.events(), 0, group.events().capacity());
      if (++uncommitted == COMMIT_GROUPS) {
        to.commit();
        uncommitted = 0;
      }
    }
    to.commit();
  }

  @Override
  public long watermark() {
    return groups.isEmpty() ? 0 : groups.getLast().sequence();
  }

  @Override
  public void group(long sequence, long time, DirectBuffer events, int offset, int length) {
    byte[] copy = new byte[length];
    events.getBytes(offset, copy);
    groups.add(new Group(sequence, time, new UnsafeBuffer(copy)));
  }

  @Override
  public void commit() {}

  private static void open(EngineGateway gateway) {
    List<Command> opening = new ArrayList<>();
    opening.add(new Command.AddAsset(1, "BTC", 8));
    opening.add(new Command.AddAsset(2, "USDT", 8));
    opening.add(
        new Command.AddSymbol(
            SYMBOL, "BTCUSDT", 1, 2, 1_000_000, 10_000, SelfTradePreventionMode.NONE, filters()));
    opening.add(new Command.SetStatus(SYMBOL, SymbolStatus.TRADING));
    opening.add(new Command.SetFees(SYMBOL, 0, 75_000, 100_000));
    for (int i = 0; i < ACCOUNTS; i++) {
      long account = SystemAccounts.FIRST_CUSTOMER + i;
      opening.add(new Command.SetAccount(account, true, 0, -1, 0));
      opening.add(new Command.TransferBatch(List.of(funding(account, 1), funding(account, 2))));
    }
    for (Command command : opening) {
      RejectReason reason = gateway.submit(command).join().reason();
      if (reason != RejectReason.NONE) {
        throw new IllegalStateException(command + " refused: " + reason);
      }
    }
  }

  /** One in four takes back an order of the last hundred, if it is its own and still there. */
  private static Command command(Random random, int n) {
    long account = SystemAccounts.FIRST_CUSTOMER + random.nextInt(ACCOUNTS);
    if (random.nextInt(4) == 0) {
      String target = "c" + Math.max(1, n - 1 - random.nextInt(100));
      return new Command.CancelOrder(account, SYMBOL, 0, target, "", CancelRestriction.NONE);
    }
    return new Command.PlaceOrder(
        account,
        SYMBOL,
        false,
        new OrderSpec(
            random.nextBoolean() ? Side.BUY : Side.SELL,
            OrderType.LIMIT,
            TimeInForce.GTC,
            SelfTradePreventionMode.NONE,
            0,
            10_000L * (1 + random.nextInt(500)),
            0,
            (95 + random.nextInt(11)) * UNIT,
            0,
            0,
            Long.MIN_VALUE,
            0,
            "c" + n));
  }

  private static TransferLeg funding(long account, int asset) {
    return new TransferLeg(
        LegKind.TRANSFER, SystemAccounts.TEST_FUNDS, account, asset, 10_000 * UNIT, 0, 0, 0);
  }

  private static Filters filters() {
    int allModes = (1 << SelfTradePreventionMode.values().length) - 1;
    return new Filters(
        0,
        1_000 * UNIT,
        1_000_000,
        10_000,
        1_000 * UNIT,
        10_000,
        0,
        0,
        0,
        0,
        0,
        0,
        5,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        10,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        false,
        false,
        allModes);
  }
}
