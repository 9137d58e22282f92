package org.fondaco.bench.workload;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A command stream, and what it must lead to. Row i is a command; orders are numbered 1, 2, 3, … by
 * their placement, which is also the order id that an engine gives when it accepts every placement.
 * Prices are ticks, sizes are lots.
 *
 * <p>Fields by kind: PLACE_GTC and PLACE_IOC use price (limit) and size; PLACE_FOK uses price (the
 * worst price it needs), size and budget (total ticks times lots); CANCEL nothing more; REDUCE size
 * (lots taken away, at most what remains) and quantity (the whole quantity left, 0 when the order
 * ends); MOVE price.
 */
public final class Workload {

  public static final byte PLACE_GTC = 0;
  public static final byte PLACE_IOC = 1;
  public static final byte PLACE_FOK = 2;
  public static final byte CANCEL = 3;
  public static final byte REDUCE = 4;
  public static final byte MOVE = 5;

  /** First bytes of the file form. */
  public static final int MAGIC = 0x464f_4e57;

  private static final int STRIDE = 8;
  private static final int KIND = 0;
  private static final int SIDE = 1;
  private static final int SYMBOL = 2;
  private static final int ACCOUNT = 3;
  private static final int ORDER = 4;
  private static final int PRICE = 5;
  private static final int SIZE = 6;
  private static final int EXTRA = 7;

  /** Assets traded by symbol i (0-based): base and quote are 1-based asset ids. */
  final int[] baseAsset;

  final int[] quoteAsset;

  /** Bounds of every price of the symbol, in ticks. */
  final int[] minPrice;

  final int[] maxPrice;

  /** The symbol (0-based) whose assets the account (0-based) holds. */
  final int[] accountSymbol;

  /** Two commands a cache line, so that reading them costs every contender as little as can be. */
  private final int[] fields;

  int count;
  int fillCount;
  Digest expected = new Digest(0, 0, 0, 0);

  Workload(int symbols, int accounts, int capacity) {
    baseAsset = new int[symbols];
    quoteAsset = new int[symbols];
    minPrice = new int[symbols];
    maxPrice = new int[symbols];
    accountSymbol = new int[accounts];
    fields = new int[Math.multiplyExact(capacity, STRIDE)];
  }

  /** Adds a row; {@code extra} is the quantity of a REDUCE or the budget of a PLACE_FOK. */
  void add(
      byte kind, boolean buy, int symbol, int account, int order, int price, int size, int extra) {
    int at = count++ * STRIDE;
    fields[at + KIND] = kind;
    fields[at + SIDE] = buy ? 0 : 1;
    fields[at + SYMBOL] = symbol;
    fields[at + ACCOUNT] = account;
    fields[at + ORDER] = order;
    fields[at + PRICE] = price;
    fields[at + SIZE] = size;
    fields[at + EXTRA] = extra;
  }

  /**
   * What a run of the whole stream leads to.
   *
   * @param trades number of fills in the measured part
   * @param tradeHash of all fills in order, the filling of the books included; see {@link Mix}
   * @param ordersHash of all resting orders
   * @param levelsHash of all price levels
   */
  public record Digest(long trades, long tradeHash, long ordersHash, long levelsHash) {}

  public int symbols() {
    return baseAsset.length;
  }

  public int accounts() {
    return accountSymbol.length;
  }

  /** All commands: those that fill the books, then those to be measured. */
  public int count() {
    return count;
  }

  /** How many of the first commands fill the books. */
  public int fillCount() {
    return fillCount;
  }

  public Digest expected() {
    return expected;
  }

  /** 1-based asset id. */
  public int baseAsset(int symbolIndex) {
    return baseAsset[symbolIndex];
  }

  /** 1-based asset id. */
  public int quoteAsset(int symbolIndex) {
    return quoteAsset[symbolIndex];
  }

  public int maxPrice(int symbolIndex) {
    return maxPrice[symbolIndex];
  }

  /** 0-based symbol whose assets the 0-based account holds. */
  public int accountSymbol(int accountIndex) {
    return accountSymbol[accountIndex];
  }

  public byte kind(int row) {
    return (byte) fields[row * STRIDE + KIND];
  }

  public boolean buy(int row) {
    return fields[row * STRIDE + SIDE] == 0;
  }

  /** 0-based. */
  public int symbol(int row) {
    return fields[row * STRIDE + SYMBOL];
  }

  /** 0-based. */
  public int account(int row) {
    return fields[row * STRIDE + ACCOUNT];
  }

  public int order(int row) {
    return fields[row * STRIDE + ORDER];
  }

  public int price(int row) {
    return fields[row * STRIDE + PRICE];
  }

  public int size(int row) {
    return fields[row * STRIDE + SIZE];
  }

  public int quantity(int row) {
    return kind(row) == REDUCE ? fields[row * STRIDE + EXTRA] : 0;
  }

  public int budget(int row) {
    return kind(row) == PLACE_FOK ? fields[row * STRIDE + EXTRA] : 0;
  }

  /** How many commands of the measured part are of each kind, indexed by kind. */
  public int[] mix() {
    int[] counts = new int[6];
    for (int row = fillCount; row < count; row++) {
      counts[kind(row)]++;
    }
    return counts;
  }

  /** Writes the form that the exchange-core process reads: big-endian, rows of 32 bytes. */
  public void writeTo(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
      out.writeInt(MAGIC);
      out.writeInt(symbols());
      out.writeInt(accounts());
      out.writeInt(count);
      out.writeInt(fillCount);
      for (int i = 0; i < symbols(); i++) {
        out.writeInt(baseAsset[i]);
        out.writeInt(quoteAsset[i]);
        out.writeInt(maxPrice[i]);
      }
      for (int i = 0; i < accounts(); i++) {
        out.writeInt(accountSymbol[i]);
      }
      for (int row = 0; row < count; row++) {
        for (int field = 0; field < STRIDE; field++) {
          out.writeInt(fields[row * STRIDE + field]);
        }
      }
    }
  }
}
