package org.fondaco.chain.utxo.block;

import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.utxo.wire.WireReader;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;

/**
 * The 80 bytes that are worked on.
 *
 * @param time unsigned, seconds since 1970
 * @param bits the target in its compact form, unsigned
 * @param nonce unsigned
 */
public record BlockHeader(
    int version, Hash previous, Hash merkleRoot, long time, long bits, long nonce) {
  public static final int BYTES = 80;

  public static BlockHeader read(WireReader reader) {
    return new BlockHeader(
        reader.int32(),
        reader.hash(),
        reader.hash(),
        reader.uint32(),
        reader.uint32(),
        reader.uint32());
  }

  public byte[] encode() {
    WireWriter writer = new WireWriter(BYTES);
    write(writer);
    return writer.toBytes();
  }

  void write(WireWriter writer) {
    writer.int32(version).hash(previous).hash(merkleRoot);
    writer.int32(time).int32(bits).int32(nonce);
  }

  /** The name of the block: SHA-256d, whatever function the chain's work is measured by. */
  public Hash hash() {
    return Hash.of(Sha256.twice(encode()));
  }

  public BlockHeader withNonce(long value) {
    return new BlockHeader(version, previous, merkleRoot, time, bits, value);
  }

  @Override
  public String toString() {
    return Reversed.text(hash());
  }
}
