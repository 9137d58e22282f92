package org.fondaco.engine.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.TransferLeg;

/** Linked transfers, reservations with deadlines that pass, and tokens. */
final class TransferGenerator {

  private static final int TOKENS = 6;
  private static final int REMEMBERED = 12;

  private final SplittableRandom random;
  private final List<EngineEvent.HoldOpened> holds = new ArrayList<>();

  /** Crowds still to come after the first of a row. */
  private int crowds;

  TransferGenerator(SplittableRandom random) {
    this.random = random;
  }

  void observe(EngineEvent event) {
    switch (event) {
      case EngineEvent.HoldOpened e -> {
        if (e.amount() != 1 || random.nextInt(60) == 0) {
          holds.add(e);
        }
        if (holds.size() > REMEMBERED) {
          holds.removeFirst();
        }
      }
      case EngineEvent.HoldClosed e -> {
        if (random.nextInt(3) > 0) {
          holds.removeIf(hold -> hold.holdId() == e.holdId());
        }
      }
      default -> {}
    }
  }

  private long account() {
    int kind = random.nextInt(30);
    if (kind == 0) {
      return random.nextInt(8);
    }
    return kind == 1
        ? 1 + random.nextInt((int) SystemAccounts.HOUSE)
        : Venue.FIRST_ACCOUNT + random.nextInt(Market.ACCOUNTS);
  }

  private int asset() {
    return random.nextInt(40) == 0 ? 8 : 1 + random.nextInt(7);
  }

  private long deadline(long time) {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> time - random.nextInt(3);
      default -> time + random.nextLong(8_000_000);
    };
  }

  Command batch(long time) {
    int kind = random.nextInt(60);
    if (kind < 8) {
      return Venue.funding(Venue.FIRST_ACCOUNT + random.nextInt(Market.ACCOUNTS));
    } else if (kind < 10 || crowds > 0) {
      crowds = crowds > 0 ? crowds - 1 : random.nextInt(4);
      return crowd(time);
    } else if (kind < 14) {
      return issue();
    }
    List<TransferLeg> legs = new ArrayList<>();
    for (int size = random.nextInt(50) == 0 ? 0 : 1 + random.nextInt(4); size > 0; size--) {
      legs.add(leg(time));
    }
    return new Command.TransferBatch(legs);
  }

  /** What custody sends: credits, withdrawals' ends with a fee, network fees, adjustments. */
  Command custody() {
    long amount = 1L + random.nextInt(500);
    int asset = asset();
    return switch (random.nextInt(7)) {
      case 0 -> batch(Venue.transfer(SystemAccounts.CUSTODY, account(), asset, amount));
      case 1 -> batch(new TransferLeg(LegKind.RESERVE, account(), 0, asset, amount, 0, 0, 0));
      case 2, 3 -> {
        EngineEvent.HoldOpened hold = hold();
        long fee = random.nextInt(4);
        List<TransferLeg> legs = new ArrayList<>();
        int named = random.nextInt(10) == 0 ? asset : hold.asset();
        legs.add(
            new TransferLeg(
                LegKind.POST,
                0,
                SystemAccounts.CUSTODY,
                named,
                Math.max(1, hold.amount() - random.nextInt(3)),
                hold.holdId(),
                0,
                0));
        if (fee > 0) {
          legs.add(Venue.transfer(SystemAccounts.CUSTODY, SystemAccounts.HOUSE, hold.asset(), fee));
        }
        yield new Command.TransferBatch(legs);
      }
      case 4 -> batch(new TransferLeg(LegKind.VOID, 0, 0, 0, 0, hold().holdId(), 0, 0));
      case 5 -> batch(Venue.transfer(SystemAccounts.HOUSE, SystemAccounts.CUSTODY, asset, amount));
      default -> batch(Venue.transfer(account(), account(), asset, amount));
    };
  }

  private static Command batch(TransferLeg leg) {
    return new Command.TransferBatch(List.of(leg));
  }

  /** So many holds of one deadline that one sweep does not do. */
  private Command crowd(long time) {
    List<TransferLeg> legs = new ArrayList<>();
    long account = Venue.FIRST_ACCOUNT + random.nextInt(Market.ACCOUNTS);
    int size = random.nextInt(4) == 0 ? 65 : 40 + random.nextInt(25);
    for (int i = 0; i < size; i++) {
      long deadline = (time / 1_000_000 + 1) * 1_000_000 + random.nextInt(3);
      legs.add(new TransferLeg(LegKind.RESERVE, account, 0, Venue.MONEY, 1, 0, deadline, 0));
    }
    return new Command.TransferBatch(legs);
  }

  /** To, over and back from the issue limit of an asset that is traded nowhere. */
  private Command issue() {
    long amount = random.nextInt(4) == 0 ? 1L << 62 : 1L << (55 + random.nextInt(8));
    if (random.nextInt(3) == 0) {
      amount += random.nextInt(3) - 1;
    }
    long system = 1L + random.nextInt((int) SystemAccounts.HOUSE);
    long customer = account();
    return new Command.TransferBatch(
        List.of(
            random.nextBoolean()
                ? Venue.transfer(system, customer, Venue.UNTRADED, amount)
                : Venue.transfer(customer, system, Venue.UNTRADED, amount)));
  }

  private TransferLeg leg(long time) {
    return switch (random.nextInt(11)) {
      case 0, 1 -> Venue.transfer(account(), account(), asset(), random.nextInt(30) - 1);
      case 2, 3 ->
          new TransferLeg(
              LegKind.RESERVE,
              account(),
              0,
              asset(),
              random.nextInt(20) == 0 ? -1 : random.nextInt(2_000),
              0,
              deadline(time),
              0);
      case 4 -> {
        EngineEvent.HoldOpened hold = hold();
        long amount = random.nextInt(4) == 0 ? random.nextInt(500) - 5 : hold.amount();
        yield new TransferLeg(LegKind.POST, 0, account(), 0, amount, hold.holdId(), 0, 0);
      }
      case 5 -> new TransferLeg(LegKind.VOID, 0, 0, 0, 0, hold().holdId(), 0, 0);
      case 6, 7 -> token(LegKind.HOLD_TOKEN, time);
      default -> token(LegKind.MOVE_TOKEN, time);
    };
  }

  private EngineEvent.HoldOpened hold() {
    if (holds.isEmpty() || random.nextInt(15) == 0) {
      return new EngineEvent.HoldOpened(random.nextInt(3_000) - 1, 0, 0, 1, 0, 0);
    }
    return holds.get(random.nextInt(holds.size()));
  }

  private TransferLeg token(LegKind kind, long time) {
    if (kind == LegKind.HOLD_TOKEN) {
      return new TransferLeg(kind, account(), 0, 0, 0, 0, deadline(time), token());
    }
    long from = random.nextInt(3) == 0 ? 0 : account();
    long to = random.nextInt(6) == 0 ? 0 : account();
    EngineEvent.HoldOpened hold = hold();
    if (random.nextBoolean() && hold.token() != 0) {
      return new TransferLeg(kind, hold.account(), to, 0, 0, hold.holdId(), 0, hold.token());
    }
    long holdId = random.nextInt(10) == 0 ? hold.holdId() : 0;
    return new TransferLeg(kind, from, to, 0, 0, holdId, 0, token());
  }

  private long token() {
    return random.nextInt(TOKENS + 1);
  }
}
