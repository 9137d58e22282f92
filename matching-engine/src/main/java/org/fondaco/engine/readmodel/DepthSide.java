package org.fondaco.engine.readmodel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fondaco.engine.protocol.Side;

/**
 * Levels of one side, worst first: nearly all changes are near the best price, which is the end of
 * the arrays, so that little is shifted. Guarded by the lock of its {@link SymbolBook}.
 */
final class DepthSide {

  /** Sorted ascending in {@code price * sign}: bids ascend in price, asks descend. */
  private final int sign;

  private long[] prices = new long[8];
  private long[] quantities = new long[8];
  private int size;

  DepthSide(Side side) {
    this.sign =
        switch (side) {
          case BUY -> 1;
          case SELL -> -1;
        };
  }

  /**
   * Sets the quantity shown at a price, 0 = level gone; a level that is not there may be told gone.
   */
  void level(long price, long quantity) {
    int index = search(price);
    boolean present = index < size && prices[index] == price;
    if (quantity > 0) {
      if (!present) {
        insert(index, price);
      }
      quantities[index] = quantity;
    } else if (present) {
      size--;
      System.arraycopy(prices, index + 1, prices, index, size - index);
      System.arraycopy(quantities, index + 1, quantities, index, size - index);
    }
  }

  List<ReadModel.Level> best(int limit) {
    int count = Math.min(limit, size);
    List<ReadModel.Level> levels = new ArrayList<>(count);
    for (int i = size - 1; i >= size - count; i--) {
      levels.add(new ReadModel.Level(prices[i], quantities[i]));
    }
    return levels;
  }

  /** Index of the price, or where it belongs. Looks at the best few first. */
  private int search(long price) {
    long key = price * sign;
    int low = 0;
    int high = size;
    int step = 1;
    while (high > 0) {
      int probe = Math.max(0, size - step);
      if (prices[probe] * sign < key) {
        low = probe + 1;
        break;
      }
      high = probe;
      step *= 4;
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (prices[middle] * sign < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void insert(int index, long price) {
    if (size == prices.length) {
      prices = Arrays.copyOf(prices, size * 2);
      quantities = Arrays.copyOf(quantities, size * 2);
    }
    System.arraycopy(prices, index, prices, index + 1, size - index);
    System.arraycopy(quantities, index, quantities, index + 1, size - index);
    prices[index] = price;
    size++;
  }
}
