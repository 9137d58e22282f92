package org.fondaco.engine.host;

import org.agrona.DirectBuffer;

/**
 * Rolling 64-bit hash over the bytes of event groups. It finds divergence of two machines, not
 * malice. Four lanes, because one chain of multiplications would cost more than the memory reads.
 */
final class EventHash {

  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;

  private long value;

  EventHash(long value) {
    this.value = value;
  }

  long value() {
    return value;
  }

  /** Adds one whole group. */
  void add(DirectBuffer buffer, int offset, int length) {
    long a = value + PRIME_1;
    long b = value ^ PRIME_2;
    long c = value;
    long d = value - PRIME_1;
    int at = offset;
    int end = offset + length;
    for (; at + 32 <= end; at += 32) {
      a = mix(a, buffer.getLong(at));
      b = mix(b, buffer.getLong(at + 8));
      c = mix(c, buffer.getLong(at + 16));
      d = mix(d, buffer.getLong(at + 24));
    }
    for (; at + 8 <= end; at += 8) {
      a = mix(a, buffer.getLong(at));
    }
    for (; at < end; at++) {
      b = mix(b, buffer.getByte(at));
    }
    long sum = mix(mix(mix(a, b), c), d) ^ length;
    value = (sum ^ (sum >>> 29)) * PRIME_2;
  }

  private static long mix(long accumulator, long word) {
    return Long.rotateLeft(accumulator + word * PRIME_2, 31) * PRIME_1;
  }
}
