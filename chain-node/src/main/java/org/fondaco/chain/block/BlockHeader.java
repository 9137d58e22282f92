package org.fondaco.chain.block;

import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.rlp.Rlp;
import org.fondaco.chain.rlp.RlpException;
import org.fondaco.chain.rlp.RlpItem;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * A block's header (yellow paper, 4.4). The fields that forks appended are null before their fork:
 * each one set has all before it set.
 *
 * @param bloom 256 bytes; must not be changed
 * @param timestamp seconds since 1970
 * @param extraData must not be changed
 * @param mixHash of Ethash; since the merge the beacon chain's randomness (EIP-4399)
 * @param nonce of Ethash, 64 bits
 * @param baseFee in wei a unit of gas, since London (EIP-1559)
 * @param withdrawalsRoot since Shanghai (EIP-4895)
 * @param blobGasUsed since Cancun (EIP-4844)
 * @param excessBlobGas since Cancun (EIP-4844)
 * @param parentBeaconRoot since Cancun (EIP-4788)
 */
@SuppressWarnings("ArrayRecordComponent") // read only; equality is that of hash()
public record BlockHeader(
    Hash parentHash,
    Hash unclesHash,
    Address coinbase,
    Hash stateRoot,
    Hash transactionsRoot,
    Hash receiptsRoot,
    byte[] bloom,
    U256 difficulty,
    long number,
    long gasLimit,
    long gasUsed,
    long timestamp,
    byte[] extraData,
    Hash mixHash,
    long nonce,
    @Nullable U256 baseFee,
    @Nullable Hash withdrawalsRoot,
    @Nullable Long blobGasUsed,
    @Nullable Long excessBlobGas,
    @Nullable Hash parentBeaconRoot) {
  public static final int BLOOM_BYTES = 256;

  /** The hash of an empty list: a block without uncles. */
  public static final Hash NO_UNCLES = Keccak.hash(new byte[] {(byte) 0xc0});

  private static final int NONCE_BYTES = 8;
  private static final int FIELDS_FRONTIER = 15;
  private static final int FIELDS_LONDON = 16;
  private static final int FIELDS_SHANGHAI = 17;
  private static final int FIELDS_CANCUN = 20;

  /** The hash that names the block. */
  public Hash hash() {
    return Keccak.hash(encode());
  }

  /** What the seal of proof of work proves: the header without mix hash and nonce. */
  public Hash sealHash() {
    return Keccak.hash(encode(false));
  }

  public byte[] encode() {
    return encode(true);
  }

  private byte[] encode(boolean seal) {
    RlpWriter writer = new RlpWriter();
    int start = writer.beginList();
    writer
        .hash(parentHash)
        .hash(unclesHash)
        .address(coinbase)
        .hash(stateRoot)
        .hash(transactionsRoot)
        .hash(receiptsRoot)
        .bytes(bloom)
        .word(difficulty)
        .number(number)
        .number(gasLimit)
        .number(gasUsed)
        .number(timestamp)
        .bytes(extraData);
    if (seal) {
      writer.hash(mixHash).bytes(nonceBytes(nonce));
    }
    if (baseFee != null) {
      writer.word(baseFee);
    }
    if (withdrawalsRoot != null) {
      writer.hash(withdrawalsRoot);
    }
    if (blobGasUsed != null && excessBlobGas != null && parentBeaconRoot != null) {
      writer.number(blobGasUsed).number(excessBlobGas).hash(parentBeaconRoot);
    }
    return writer.endList(start).toBytes();
  }

  /**
   * Reads a header.
   *
   * @throws RlpException on anything that is not the canonical encoding of one
   */
  public static BlockHeader decode(byte[] encoded) {
    return decode(Rlp.decode(encoded).asList());
  }

  /** Reads a header within a block; errors as {@link #decode(byte[])}. */
  public static BlockHeader decode(RlpItem.Items list) {
    int size = list.size();
    if (size != FIELDS_FRONTIER
        && size != FIELDS_LONDON
        && size != FIELDS_SHANGHAI
        && size != FIELDS_CANCUN) {
      throw new RlpException("a header of " + size + " fields");
    }
    return new BlockHeader(
        hash(list, 0),
        hash(list, 1),
        Address.of(list.at(2).asBytes(Address.BYTES)),
        hash(list, 3),
        hash(list, 4),
        hash(list, 5),
        list.at(6).asBytes(BLOOM_BYTES),
        list.at(7).asWord(),
        list.at(8).asLong(),
        list.at(9).asLong(),
        list.at(10).asLong(),
        list.at(11).asLong(),
        list.at(12).asBytes(),
        hash(list, 13),
        U256.fromBytes(list.at(14).asBytes(NONCE_BYTES)).longValue(),
        size >= FIELDS_LONDON ? list.at(15).asWord() : null,
        size >= FIELDS_SHANGHAI ? hash(list, 16) : null,
        size >= FIELDS_CANCUN ? (Long) list.at(17).asLong() : null,
        size >= FIELDS_CANCUN ? (Long) list.at(18).asLong() : null,
        size >= FIELDS_CANCUN ? hash(list, 19) : null);
  }

  private static Hash hash(RlpItem.Items list, int index) {
    return Hash.of(list.at(index).asBytes(Hash.BYTES));
  }

  private static byte[] nonceBytes(long nonce) {
    byte[] bytes = new byte[NONCE_BYTES];
    for (int i = 0; i < NONCE_BYTES; i++) {
      bytes[i] = (byte) (nonce >>> 8 * (NONCE_BYTES - 1 - i));
    }
    return bytes;
  }
}
