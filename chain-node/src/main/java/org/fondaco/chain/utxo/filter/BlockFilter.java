package org.fondaco.chain.utxo.filter;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.script.Opcodes;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireReader;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;

/**
 * BIP-158's basic filter: the scripts that a block pays and spends, as a set that says of one in
 * 784,931 that is not in it that it is.
 */
public final class BlockFilter {
  /** Bits of each difference that are written as they are. */
  private static final int REMAINDER_BITS = 19;

  private static final long RANGE = 784_931;

  private final byte[] key;
  private final byte[] encoded;

  private BlockFilter(byte[] key, byte[] encoded) {
    this.key = key;
    this.encoded = encoded;
  }

  /**
   * The filter of a block.
   *
   * @param spent the scripts that its inputs spend, in any order
   */
  public static BlockFilter of(Block block, Collection<byte[]> spent) {
    Set<ByteBuffer> scripts = new HashSet<>();
    for (Transaction transaction : block.transactions()) {
      for (Output output : transaction.outputs()) {
        byte[] script = output.script();
        if (script.length > 0 && script[0] != (byte) Opcodes.OP_RETURN) {
          scripts.add(ByteBuffer.wrap(script));
        }
      }
    }
    for (byte[] script : spent) {
      if (script.length > 0) {
        scripts.add(ByteBuffer.wrap(script));
      }
    }
    byte[] key = block.header().hash().toBytes();
    long range = scripts.size() * RANGE;
    long[] values =
        scripts.stream().mapToLong(script -> mapped(key, script.array(), range)).sorted().toArray();
    return new BlockFilter(key, encode(values));
  }

  /**
   * A filter that someone sent.
   *
   * @throws org.fondaco.chain.utxo.wire.WireException when asked, if it is no filter
   */
  public static BlockFilter decoded(Hash block, byte[] encoded) {
    return new BlockFilter(block.toBytes(), encoded.clone());
  }

  private static byte[] encode(long[] values) {
    BitWriter bits = new BitWriter();
    bits.bytes(new WireWriter(9).size(values.length).toBytes());
    long before = 0;
    for (long value : values) {
      long difference = value - before;
      before = value;
      for (long i = difference >>> REMAINDER_BITS; i > 0; i--) {
        bits.bit(1);
      }
      bits.bit(0);
      bits.bits(difference, REMAINDER_BITS);
    }
    return bits.toBytes();
  }

  /** The hash spread evenly below {@code range}: the high half of their product. */
  private static long mapped(byte[] key, byte[] script, long range) {
    return Math.unsignedMultiplyHigh(SipHash.hash(key, script), range);
  }

  /** As it is sent. */
  public byte[] encoded() {
    return encoded.clone();
  }

  public Hash hash() {
    return Hash.of(Sha256.twice(encoded));
  }

  /** BIP-157: commits to this filter and all before it. */
  public Hash header(Hash previousHeader) {
    byte[] pair = Arrays.copyOf(hash().toBytes(), 2 * Hash.BYTES);
    previousHeader.copyTo(pair, Hash.BYTES);
    return Hash.of(Sha256.twice(pair));
  }

  /** Whether one of the scripts may be in the block; if not, it surely is not. */
  public boolean matchesAny(List<byte[]> scripts) {
    WireReader reader = new WireReader(encoded);
    long count = reader.compactSize();
    long range = count * RANGE;
    Set<Long> wanted = new HashSet<>();
    scripts.forEach(script -> wanted.add(mapped(key, script, range)));
    BitReader bits = new BitReader(reader.bytes(reader.remaining()));
    long value = 0;
    for (long i = 0; i < count; i++) {
      long quotient = 0;
      while (bits.bit() == 1) {
        quotient++;
      }
      value += quotient << REMAINDER_BITS | bits.bits(REMAINDER_BITS);
      if (wanted.contains(value)) {
        return true;
      }
    }
    return false;
  }
}
