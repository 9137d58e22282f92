package org.fondaco.chain.block;

import java.util.List;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.state.Log;

/** The 2048-bit filter over addresses and topics of logs (yellow paper, M3:2048). */
public final class Bloom {
  private Bloom() {}

  /** The filter of these logs; 256 bytes. */
  public static byte[] of(List<Log> logs) {
    byte[] bloom = new byte[BlockHeader.BLOOM_BYTES];
    for (Log log : logs) {
      add(bloom, log.address().toBytes());
      log.topics().forEach(topic -> add(bloom, topic.toBytes32()));
    }
    return bloom;
  }

  /** Sets the three bits of an entry. */
  public static void add(byte[] bloom, byte[] entry) {
    byte[] hash = Keccak.hash256(entry, 0, entry.length);
    for (int i = 0; i < 6; i += 2) {
      int bit = bit(hash, i);
      bloom[BlockHeader.BLOOM_BYTES - 1 - (bit >> 3)] |= (byte) (1 << (bit & 7));
    }
  }

  /** Whether the entry may be in the filter. */
  public static boolean mayContain(byte[] bloom, byte[] entry) {
    byte[] hash = Keccak.hash256(entry, 0, entry.length);
    for (int i = 0; i < 6; i += 2) {
      int bit = bit(hash, i);
      if ((bloom[BlockHeader.BLOOM_BYTES - 1 - (bit >> 3)] >> (bit & 7) & 1) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Puts the bits of {@code other} into {@code bloom}. */
  public static void merge(byte[] bloom, byte[] other) {
    for (int i = 0; i < bloom.length; i++) {
      bloom[i] |= other[i];
    }
  }

  private static int bit(byte[] hash, int at) {
    return (hash[at] & 0xff) << 8 & 0x7ff | hash[at + 1] & 0xff;
  }
}
