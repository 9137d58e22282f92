package org.fondaco.chain.word;

import static org.fondaco.chain.word.U256.borrow;
import static org.fondaco.chain.word.U256.carry;

/**
 * The machine's arithmetic on words that lie in an array as four limbs each, the lowest first, so
 * that a stack of words needs no object an item. A result may lie where an operand does. The
 * methods that need scratch space belong to one thread; nothing here allocates. Numbers are of
 * section 9.4 of the yellow paper.
 */
public final class Alu {
  private final long[] numerator = new long[9];
  private final long[] denominator = new long[4];
  private final long[] quotient = new long[9];
  private final long[] product = new long[8];
  private final long[] power = new long[8];

  public static void add(long[] s, int a, int b, int r) {
    long x0 = s[a];
    long x1 = s[a + 1];
    long x2 = s[a + 2];
    long y0 = s[b];
    long y1 = s[b + 1];
    long y2 = s[b + 2];
    long sum0 = x0 + y0;
    long sum1 = x1 + y1 + carry(x0, y0, sum0);
    long carry1 = carry(x1, y1, sum1);
    long sum2 = x2 + y2 + carry1;
    s[r + 3] = s[a + 3] + s[b + 3] + carry(x2, y2, sum2);
    s[r] = sum0;
    s[r + 1] = sum1;
    s[r + 2] = sum2;
  }

  public static void subtract(long[] s, int a, int b, int r) {
    long x0 = s[a];
    long x1 = s[a + 1];
    long x2 = s[a + 2];
    long y0 = s[b];
    long y1 = s[b + 1];
    long y2 = s[b + 2];
    long difference0 = x0 - y0;
    long difference1 = x1 - y1 - borrow(x0, y0, difference0);
    long difference2 = x2 - y2 - borrow(x1, y1, difference1);
    s[r + 3] = s[a + 3] - s[b + 3] - borrow(x2, y2, difference2);
    s[r] = difference0;
    s[r + 1] = difference1;
    s[r + 2] = difference2;
  }

  /** The low 256 bits of the product, by rows of the schoolbook. */
  public static void multiply(long[] s, int a, int b, int r) {
    long x0 = s[a];
    long x1 = s[a + 1];
    long x2 = s[a + 2];
    long y0 = s[b];
    long y1 = s[b + 1];
    long y2 = s[b + 2];
    long low = x1 * y0;
    long r1 = low + Math.unsignedMultiplyHigh(x0, y0);
    long high = Math.unsignedMultiplyHigh(x1, y0) + below(r1, low);
    low = x2 * y0;
    long r2 = low + high;
    long r3 = s[a + 3] * y0 + Math.unsignedMultiplyHigh(x2, y0) + below(r2, low);
    low = x0 * y1;
    r1 += low;
    high = Math.unsignedMultiplyHigh(x0, y1) + below(r1, low);
    low = x1 * y1;
    r2 += low;
    long high2 = Math.unsignedMultiplyHigh(x1, y1) + below(r2, low);
    r2 += high;
    r3 += x2 * y1 + high2 + below(r2, high);
    low = x0 * y2;
    r2 += low;
    r3 += x1 * y2 + Math.unsignedMultiplyHigh(x0, y2) + below(r2, low);
    r3 += x0 * s[b + 3];
    set(s, r, x0 * y0, r1, r2, r3);
  }

  /** 1 where a sum is below one of its terms: the carry. */
  private static long below(long sum, long term) {
    return Long.compareUnsigned(sum, term) < 0 ? 1 : 0;
  }

  /** Adds x·y + carry to one limb and gives the carry out, which always fits. */
  private static long step(long[] p, int at, long x, long y, long carry) {
    long low = x * y;
    long high = Math.unsignedMultiplyHigh(x, y);
    long sum = low + carry;
    high += Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    long total = p[at] + sum;
    high += Long.compareUnsigned(total, sum) < 0 ? 1 : 0;
    p[at] = total;
    return high;
  }

  private void multiplyFully(long[] s, int a, long[] t, int b) {
    java.util.Arrays.fill(product, 0);
    for (int i = 0; i < 4; i++) {
      long y = t[b + i];
      long carry = 0;
      for (int j = 0; j < 4; j++) {
        carry = step(product, i + j, s[a + j], y, carry);
      }
      product[i + 4] = carry;
    }
  }

  public void divide(long[] s, int a, int b, int r) {
    if (fitsLong(s, a) && fitsLong(s, b)) {
      set(s, r, s[b] == 0 ? 0 : Long.divideUnsigned(s[a], s[b]), 0, 0, 0);
      return;
    }
    System.arraycopy(s, a, numerator, 0, 4);
    divideBy(s, b, 4);
    System.arraycopy(quotient, 0, s, r, 4);
  }

  public void remainder(long[] s, int a, int b, int r) {
    if (fitsLong(s, a) && fitsLong(s, b)) {
      set(s, r, s[b] == 0 ? 0 : Long.remainderUnsigned(s[a], s[b]), 0, 0, 0);
      return;
    }
    System.arraycopy(s, a, numerator, 0, 4);
    divideBy(s, b, 4);
    System.arraycopy(numerator, 0, s, r, 4);
  }

  /** Division of numbers in two's complement, toward zero. */
  public void signedDivide(long[] s, int a, int b, int r) {
    boolean negative = s[a + 3] < 0 != s[b + 3] < 0;
    absolute(s, a);
    absolute(s, b);
    divide(s, a, b, r);
    if (negative) {
      negate(s, r);
    }
  }

  /** The remainder has the sign of the dividend. */
  public void signedRemainder(long[] s, int a, int b, int r) {
    boolean negative = s[a + 3] < 0;
    absolute(s, a);
    absolute(s, b);
    remainder(s, a, b, r);
    if (negative) {
      negate(s, r);
    }
  }

  /** (a + b) mod m, the sum in 257 bits. */
  public void addModulo(long[] s, int a, int b, int m, int r) {
    long carry = 0;
    for (int i = 0; i < 4; i++) {
      long x = s[a + i];
      long y = s[b + i];
      long sum = x + y + carry;
      carry = carry(x, y, sum);
      numerator[i] = sum;
    }
    numerator[4] = carry;
    divideBy(s, m, 5);
    System.arraycopy(numerator, 0, s, r, 4);
  }

  /** a·b mod m, the product in 512 bits. */
  public void multiplyModulo(long[] s, int a, int b, int m, int r) {
    multiplyFully(s, a, s, b);
    System.arraycopy(product, 0, numerator, 0, 8);
    divideBy(s, m, 8);
    System.arraycopy(numerator, 0, s, r, 4);
  }

  /** a to the power of b, wrapping. */
  public void exponentiate(long[] s, int a, int b, int r) {
    System.arraycopy(s, a, power, 0, 4);
    set(power, 4, 1, 0, 0, 0);
    int bits = bitLength(s, b);
    for (int bit = bits - 1; bit >= 0; bit--) {
      multiply(power, 4, 4, 4);
      if ((s[b + (bit >> 6)] >>> (bit & 63) & 1) != 0) {
        multiply(power, 4, 0, 4);
      }
    }
    System.arraycopy(power, 4, s, r, 4);
  }

  /**
   * Divides the {@code length} limbs of {@link #numerator} by the word at {@code b}: the quotient
   * goes to {@link #quotient}, the remainder stays in the lowest four limbs of the numerator.
   * Knuth's algorithm D (TAOCP 4.3.1) in base 2^64 with the reciprocal of Möller and Granlund,
   * "Improved division by invariant integers". By zero: both are zero.
   */
  private void divideBy(long[] s, int b, int length) {
    for (int i = 0; i < length; i++) {
      quotient[i] = 0;
    }
    int n = 4;
    while (n > 0 && s[b + n - 1] == 0) {
      n--;
    }
    if (n == 0) {
      set(numerator, 0, 0, 0, 0, 0);
      return;
    }
    int shift = Long.numberOfLeadingZeros(s[b + n - 1]);
    normalise(s, b, n, length, shift);
    long top = denominator[n - 1];
    long reciprocal = reciprocal(top);
    for (int j = length - n; j >= 0; j--) {
      quotient[j] = digit(j, n, top, reciprocal);
    }
    for (int i = 0; i < n; i++) {
      long above = i + 1 < n ? numerator[i + 1] : 0;
      numerator[i] = shift == 0 ? numerator[i] : numerator[i] >>> shift | above << 64 - shift;
    }
    for (int i = n; i < 4; i++) {
      numerator[i] = 0;
    }
  }

  /** Shifts both left until the denominator's top bit is set; the numerator grows by a limb. */
  private void normalise(long[] s, int b, int n, int length, int shift) {
    for (int i = n - 1; i >= 0; i--) {
      long below = shift == 0 || i == 0 ? 0 : s[b + i - 1] >>> 64 - shift;
      denominator[i] = s[b + i] << shift | below;
    }
    numerator[length] = shift == 0 ? 0 : numerator[length - 1] >>> 64 - shift;
    for (int i = length - 1; i >= 0; i--) {
      long below = shift == 0 || i == 0 ? 0 : numerator[i - 1] >>> 64 - shift;
      numerator[i] = numerator[i] << shift | below;
    }
  }

  /** One digit of the quotient; takes its product off the numerator. */
  private long digit(int j, int n, long top, long reciprocal) {
    long high = numerator[j + n];
    long estimate;
    if (high == top) {
      estimate = -1;
    } else {
      estimate = divide2By1(high, numerator[j + n - 1], top, reciprocal);
    }
    long borrow = subtractProduct(j, n, estimate);
    // The estimate from one limb is at most two too large (TAOCP 4.3.1, theorem B).
    while (borrow != 0) {
      estimate--;
      borrow -= addBack(j, n);
    }
    return estimate;
  }

  private long subtractProduct(int j, int n, long factor) {
    long carry = 0;
    for (int i = 0; i < n; i++) {
      long low = denominator[i] * factor;
      long high = Math.unsignedMultiplyHigh(denominator[i], factor);
      long sum = low + carry;
      carry = high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
      long before = numerator[j + i];
      numerator[j + i] = before - sum;
      carry += Long.compareUnsigned(before, sum) < 0 ? 1 : 0;
    }
    long before = numerator[j + n];
    numerator[j + n] = before - carry;
    return Long.compareUnsigned(before, carry) < 0 ? 1 : 0;
  }

  private long addBack(int j, int n) {
    long carry = 0;
    for (int i = 0; i < n; i++) {
      long x = numerator[j + i];
      long sum = x + denominator[i] + carry;
      carry = carry(x, denominator[i], sum);
      numerator[j + i] = sum;
    }
    long before = numerator[j + n];
    numerator[j + n] = before + carry;
    return Long.compareUnsigned(numerator[j + n], before) < 0 ? 1 : 0;
  }

  /** floor((2^128 - 1) / d) - 2^64 for a d with its top bit set. */
  private static long reciprocal(long d) {
    // (~d : ~0) / d in two digits of 32 bits (Hacker's Delight, divlu); both halves of ~0 are all
    // ones.
    long d1 = d >>> 32;
    long d0 = d & 0xffffffffL;
    long remainder = ~d;
    long q1 = halfDigit(remainder, 0xffffffffL, d1, d0);
    remainder = (remainder << 32) + 0xffffffffL - q1 * d;
    long q0 = halfDigit(remainder, 0xffffffffL, d1, d0);
    return (q1 << 32) + q0;
  }

  private static long halfDigit(long high, long next, long d1, long d0) {
    long q = Long.divideUnsigned(high, d1);
    long rest = high - q * d1;
    while (q >>> 32 != 0 || Long.compareUnsigned(q * d0, (rest << 32) + next) > 0) {
      q--;
      rest += d1;
      if (rest >>> 32 != 0) {
        break;
      }
    }
    return q;
  }

  /** (high : low) / d for high below d: algorithm 4 of Möller and Granlund. */
  private static long divide2By1(long high, long low, long d, long reciprocal) {
    long q0 = reciprocal * high;
    long q1 = Math.unsignedMultiplyHigh(reciprocal, high);
    long sum = q0 + low;
    q1 += high + 1 + (Long.compareUnsigned(sum, q0) < 0 ? 1 : 0);
    long rest = low - q1 * d;
    if (Long.compareUnsigned(rest, sum) > 0) {
      q1--;
      rest += d;
    }
    return Long.compareUnsigned(rest, d) >= 0 ? q1 + 1 : q1;
  }

  public static int compare(long[] s, int a, int b) {
    for (int i = 3; i > 0; i--) {
      if (s[a + i] != s[b + i]) {
        return Long.compareUnsigned(s[a + i], s[b + i]);
      }
    }
    return Long.compareUnsigned(s[a], s[b]);
  }

  /** Compares in two's complement. */
  public static int compareSigned(long[] s, int a, int b) {
    return s[a + 3] < 0 == s[b + 3] < 0 ? compare(s, a, b) : Long.compare(s[a + 3], s[b + 3]);
  }

  public static boolean isZero(long[] s, int a) {
    return (s[a] | s[a + 1] | s[a + 2] | s[a + 3]) == 0;
  }

  /** Whether the upper three limbs are zero: the number fits 64 bits without sign. */
  public static boolean fitsLong(long[] s, int a) {
    return (s[a + 1] | s[a + 2] | s[a + 3]) == 0;
  }

  public static int bitLength(long[] s, int a) {
    for (int i = 3; i >= 0; i--) {
      if (s[a + i] != 0) {
        return 64 * i + 64 - Long.numberOfLeadingZeros(s[a + i]);
      }
    }
    return 0;
  }

  public static void set(long[] s, int r, long limb0, long limb1, long limb2, long limb3) {
    s[r] = limb0;
    s[r + 1] = limb1;
    s[r + 2] = limb2;
    s[r + 3] = limb3;
  }

  public static void set(long[] s, int r, boolean value) {
    set(s, r, value ? 1 : 0, 0, 0, 0);
  }

  private static void absolute(long[] s, int a) {
    if (s[a + 3] < 0) {
      negate(s, a);
    }
  }

  private static void negate(long[] s, int a) {
    long carry = 1;
    for (int i = 0; i < 4; i++) {
      long limb = ~s[a + i] + carry;
      carry = carry != 0 && limb == 0 ? 1 : 0;
      s[a + i] = limb;
    }
  }
}
