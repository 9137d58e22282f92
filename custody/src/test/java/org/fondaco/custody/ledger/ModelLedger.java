package org.fondaco.custody.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The engine's ledger as custody sees it, in a hundred lines: exactly once by number and id, double
 * entry, holds, frozen accounts. What the real engine does with the same commands is compared in
 * api.
 */
public final class ModelLedger implements LedgerPort {
  public static final long CUSTODY = 1;
  public static final long SUSPENSE = 4;
  public static final long HOUSE = 6;
  private static final long FIRST_CUSTOMER = 1_000;
  private static final int DIGEST_BYTES = 16;

  private record Entry(byte[] id, LedgerCommand command, Answer answer) {}

  private record Hold(long account, int asset, long amount) {}

  private record Key(long account, int asset) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byAccount = Long.compare(account, other.account);
      return byAccount != 0 ? byAccount : Integer.compare(asset, other.asset);
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private final Map<Key, Long> free = new TreeMap<>();
  private final Map<Long, Hold> holds = new TreeMap<>();
  private final Set<Long> frozen = new TreeSet<>();
  private final Map<Long, Map<Integer, Long>> marks = new TreeMap<>();
  private Predicate<LedgerCommand> refused = command -> false;
  private long sequence;
  private long lastHold;

  /** New commands like these are rejected from now on. */
  public synchronized void refuse(Predicate<LedgerCommand> commands) {
    refused = commands;
  }

  @Override
  public synchronized Answer send(long n, byte[] cmdId, LedgerCommand command) {
    if (n <= entries.size()) {
      Entry known = entries.get((int) n - 1);
      if (!Arrays.equals(known.id, cmdId)) {
        throw new LedgerConflict("another command has number " + n);
      }
      return known.answer;
    }
    if (n != entries.size() + 1L) {
      throw new LedgerConflict("number " + n + " after " + entries.size());
    }
    sequence++;
    long hold = lastHold;
    String refusal = refused.test(command) ? "REFUSED" : apply(command);
    boolean applied = refusal.isEmpty();
    Answer answer = new Answer(applied, refusal, lastHold > hold ? lastHold : 0, sequence);
    entries.add(new Entry(cmdId.clone(), command, answer));
    return answer;
  }

  /** Empty when applied, else why not. */
  private String apply(LedgerCommand command) {
    return switch (command) {
      case LedgerCommand.Credit c -> transfer(CUSTODY, c.account(), c.asset(), c.amount());
      // A frozen account's funds move by custody's own word only: that is what the freeze is for.
      case LedgerCommand.Adjust c ->
          c.from() >= FIRST_CUSTOMER && free(c.from(), c.asset()) < c.amount()
              ? "INSUFFICIENT_BALANCE"
              : transfer(c.from(), c.to(), c.asset(), c.amount());
      case LedgerCommand.Expense c -> transfer(HOUSE, CUSTODY, c.asset(), c.amount());
      case LedgerCommand.Reserve c -> reserve(c);
      case LedgerCommand.Post c -> post(c.holdId(), c.asset(), c.amount(), c.fee(), CUSTODY);
      case LedgerCommand.PostInside c ->
          post(c.holdId(), c.asset(), c.amount(), c.fee(), c.toAccount());
      case LedgerCommand.Void c -> release(c.holdId());
      case LedgerCommand.Freeze c -> {
        frozen.add(c.account());
        yield "";
      }
      case LedgerCommand.Unfreeze c -> {
        frozen.remove(c.account());
        yield "";
      }
      case LedgerCommand.Mark c -> {
        Map<Integer, Long> custody = new TreeMap<>();
        free.forEach((key, amount) -> {
          if (key.account == CUSTODY) {
            custody.put(key.asset, amount);
          }
        });
        marks.put(c.cutId(), custody);
        yield "";
      }
    };
  }

  private String transfer(long from, long to, int asset, long amount) {
    add(from, asset, -amount);
    add(to, asset, amount);
    return "";
  }

  private String reserve(LedgerCommand.Reserve c) {
    if (frozen.contains(c.account()) || free(c.account(), c.asset()) < c.amount()) {
      return frozen.contains(c.account()) ? "ACCOUNT_FROZEN" : "INSUFFICIENT_BALANCE";
    }
    add(c.account(), c.asset(), -c.amount());
    holds.put(++lastHold, new Hold(c.account(), c.asset(), c.amount()));
    return "";
  }

  private String post(long id, int asset, long amount, long fee, long to) {
    Hold hold = holds.get(id);
    if (hold == null || hold.asset != asset || hold.amount < amount + fee) {
      return hold == null ? "HOLD_CLOSED" : "AMOUNT_ABOVE_HOLD";
    }
    holds.remove(id);
    add(to, asset, amount);
    add(HOUSE, asset, fee);
    add(hold.account, asset, hold.amount - amount - fee);
    return "";
  }

  private String release(long id) {
    Hold hold = holds.remove(id);
    if (hold == null) {
      return "HOLD_CLOSED";
    }
    add(hold.account, hold.asset, hold.amount);
    return "";
  }

  private void add(long account, int asset, long amount) {
    free.merge(new Key(account, asset), amount, Math::addExact);
  }

  /** Units that an account may use. */
  public synchronized long free(long account, int asset) {
    return free.getOrDefault(new Key(account, asset), 0L);
  }

  /** Units of an account that are held. */
  public synchronized long held(long account, int asset) {
    return holds.values().stream()
        .filter(hold -> hold.account == account && hold.asset == asset)
        .mapToLong(Hold::amount)
        .sum();
  }

  public synchronized boolean frozen(long account) {
    return frozen.contains(account);
  }

  /** Balance of the custody account by asset at a Mark. */
  public synchronized Map<Integer, Long> mark(long cutId) {
    return marks.getOrDefault(cutId, Map.of());
  }

  /** All commands in the order of their numbers, with their answers. */
  public synchronized List<Map.Entry<LedgerCommand, Answer>> history() {
    return entries.stream().map(entry -> Map.entry(entry.command, entry.answer)).toList();
  }

  @Override
  public synchronized Position position() {
    byte[] digest =
        entries.isEmpty() ? new byte[0] : Arrays.copyOf(entries.getLast().id, DIGEST_BYTES);
    return new Position(entries.size(), digest);
  }
}
