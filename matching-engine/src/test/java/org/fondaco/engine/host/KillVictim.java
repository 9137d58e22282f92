package org.fondaco.engine.host;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.zip.CRC32;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.fondaco.engine.core.StateMachine;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.CancelRestriction;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.protocol.TimeInForce;
import org.fondaco.engine.protocol.TransferLeg;

/**
 * A venue in a process of its own under a mixed load of its own, which prints each acknowledgement
 * as a line {@code A sequence checksum}. It runs until it is killed or asked to end.
 */
final class KillVictim {

  static final int SYMBOL = 1;
  static final int BASE = 1;
  static final int QUOTE = 2;
  static final int ACCOUNTS = 6;

  private static final long FIRST = SystemAccounts.FIRST_CUSTOMER;
  private static final long WHOLE = 100_000_000;
  private static final int CLIENTS = 3;

  private final EngineHost host;
  private final PrintStream out;

  private KillVictim(EngineHost host, PrintStream out) {
    this.host = host;
    this.out = out;
  }

  /** Arguments: data folder, seed. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
    EngineHost host = EngineHost.start(config(folder), KillVictim::machine, projection(folder));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              host.close();
              out.println("CLOSED");
              out.flush();
            }));
    KillVictim victim = new KillVictim(host, out);
    if (host.recovery().lastSequence() == 0) {
      victim.open();
    }
    out.println("READY " + host.recovery().lastSequence());
    List<Thread> clients = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      Random random = new Random(Long.parseLong(arguments[1]) * CLIENTS + client);
      clients.add(Thread.ofPlatform().start(() -> victim.trade(random)));
    }
    for (Thread client : clients) {
      client.join();
    }
  }

  static HostConfig config(Path folder) {
    return HostConfig.small(folder.resolve("engine")).withSnapshotInterval(1_500);
  }

  static Projection projection(Path folder) throws java.io.IOException {
    return new FileProjection(folder.resolve("history"));
  }

  static StateMachine machine() {
    return new Engine(EngineSizing.small());
  }

  private void open() {
    for (Command command : opening()) {
      acknowledge(host.gateway().submit(command).join());
    }
  }

  /** One symbol with fees, a few rich accounts. */
  static List<Command> opening() {
    List<Command> commands = new ArrayList<>();
    commands.add(new Command.AddAsset(BASE, "BASE", 8));
    commands.add(new Command.AddAsset(QUOTE, "QUOTE", 8));
    commands.add(
        new Command.AddSymbol(
            SYMBOL,
            "BASEQUOTE",
            BASE,
            QUOTE,
            10_000,
            10_000,
            SelfTradePreventionMode.NONE,
            filters()));
    commands.add(new Command.SetFees(SYMBOL, 0, 100_000, 200_000));
    commands.add(new Command.SetStatus(SYMBOL, SymbolStatus.TRADING));
    for (int i = 0; i < ACCOUNTS; i++) {
      commands.add(new Command.SetAccount(FIRST + i, true, 0, -1, 0));
      commands.add(transfer(SystemAccounts.TEST_FUNDS, FIRST + i, BASE, 1_000_000 * WHOLE));
      commands.add(transfer(SystemAccounts.TEST_FUNDS, FIRST + i, QUOTE, 100_000_000 * WHOLE));
    }
    return commands;
  }

  private static Filters filters() {
    return new Filters(
        0,
        1_000_000 * WHOLE,
        10_000,
        0,
        1_000 * WHOLE,
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
        0,
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
        31);
  }

  private static Command transfer(long from, long to, int asset, long amount) {
    return new Command.TransferBatch(
        List.of(new TransferLeg(LegKind.TRANSFER, from, to, asset, amount, 0, 0, 0)));
  }

  private void trade(Random random) {
    Semaphore outstanding = new Semaphore(32);
    List<Long> orders = new ArrayList<>();
    while (!host.halted().isDone()) {
      outstanding.acquireUninterruptibly();
      host.gateway()
          .submit(next(random, orders))
          .whenComplete((result, refused) -> {
            if (result != null) {
              acknowledge(result);
              remember(result, orders);
            }
            outstanding.release();
          });
    }
  }

  static void remember(CommandResult result, List<Long> orders) {
    synchronized (orders) {
      for (EngineEvent event : result.events()) {
        if (event instanceof EngineEvent.OrderAccepted accepted) {
          orders.add(accepted.orderId());
        }
      }
    }
  }

  static Command next(Random random, List<Long> orders) {
    long account = FIRST + random.nextInt(ACCOUNTS);
    synchronized (orders) {
      if (orders.size() > 50 || random.nextInt(6) == 0 && !orders.isEmpty()) {
        long order = orders.remove(random.nextInt(orders.size()));
        return new Command.CancelOrder(account, SYMBOL, order, "", "", CancelRestriction.NONE);
      }
    }
    if (random.nextInt(10) == 0) {
      return transfer(account, FIRST + random.nextInt(ACCOUNTS), QUOTE, 1 + random.nextInt(1000));
    }
    Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    boolean market = random.nextInt(8) == 0;
    long quantity = (1 + random.nextInt(50)) * 10_000L;
    long price = 100 * WHOLE + (random.nextInt(41) - 20) * 10_000L;
    return order(account, side, market ? OrderType.MARKET : OrderType.LIMIT, quantity, price);
  }

  static Command order(long account, Side side, OrderType type, long quantity, long price) {
    return new Command.PlaceOrder(
        account,
        SYMBOL,
        false,
        new OrderSpec(
            side,
            type,
            TimeInForce.GTC,
            SelfTradePreventionMode.NONE,
            0,
            quantity,
            0,
            type == OrderType.MARKET ? 0 : price,
            0,
            0,
            Long.MIN_VALUE,
            0,
            ""));
  }

  private void acknowledge(CommandResult result) {
    String line = "A " + result.sequence() + " " + checksum(result.events());
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }

  /** Of the whole group, in a form that does not depend on the process. */
  static long checksum(List<EngineEvent> events) {
    CRC32 crc = new CRC32();
    crc.update(List.copyOf(events).toString().getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
