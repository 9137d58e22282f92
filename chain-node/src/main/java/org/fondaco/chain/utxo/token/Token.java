package org.fondaco.chain.utxo.token;

import org.fondaco.chain.utxo.wire.WireException;
import org.fondaco.chain.utxo.wire.WireReader;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * What an output carries beside its value (CHIP-2022-02).
 *
 * @param category the txid whose output 0 was spent to create it, in the order of the wire
 * @param nft null where the tokens are fungible only
 * @param amount of fungible tokens, not negative; positive where there is no NFT
 */
public record Token(Hash category, @Nullable Nft nft, long amount) {
  /** What may be made of an NFT; the ordinal is the number on the wire. */
  public enum Capability {
    /** Nothing but itself. */
    NONE,
    /** One other. */
    MUTABLE,
    /** Any number of any kind. */
    MINTING
  }

  /**
   * A non-fungible token.
   *
   * @param commitment what it says; never changed
   */
  public record Nft(Capability capability, byte[] commitment) {}

  private static final int RESERVED = 0x80;
  private static final int HAS_COMMITMENT = 0x40;
  private static final int HAS_NFT = 0x20;
  private static final int HAS_AMOUNT = 0x10;
  private static final int CAPABILITY = 0x0f;

  /** What stands before a token in an output's script. */
  static final int PREFIX = 0xef;

  /**
   * Reads a token behind its prefix.
   *
   * @throws WireException if it is not well formed
   */
  static Token read(WireReader reader) {
    Hash category = reader.hash();
    int bits = reader.uint8();
    int capability = bits & CAPABILITY;
    boolean hasNft = (bits & HAS_NFT) != 0;
    boolean hasAmount = (bits & HAS_AMOUNT) != 0;
    if ((bits & RESERVED) != 0
        || capability >= Capability.values().length
        || !hasNft && (!hasAmount || capability != 0 || (bits & HAS_COMMITMENT) != 0)) {
      throw new WireException("token prefix with an invalid bitfield");
    }
    byte[] commitment = new byte[0];
    if ((bits & HAS_COMMITMENT) != 0) {
      commitment = reader.prefixed();
      if (commitment.length == 0) {
        throw new WireException("token commitment that is announced but empty");
      }
    }
    long amount = 0;
    if (hasAmount) {
      amount = reader.compactSize();
      if (amount <= 0) {
        throw new WireException("token amount out of range");
      }
    }
    Nft nft = hasNft ? new Nft(Capability.values()[capability], commitment) : null;
    return new Token(category, nft, amount);
  }

  /** With its prefix, as it stands before a script. */
  public byte[] encode() {
    WireWriter writer = new WireWriter(64);
    boolean committed = nft != null && nft.commitment.length > 0;
    writer.uint8(PREFIX).hash(category);
    writer.uint8(
        (committed ? HAS_COMMITMENT : 0)
            | (nft != null ? HAS_NFT | nft.capability.ordinal() : 0)
            | (amount > 0 ? HAS_AMOUNT : 0));
    if (nft != null && committed) {
      writer.prefixed(nft.commitment);
    }
    if (amount > 0) {
      writer.size(amount);
    }
    return writer.toBytes();
  }
}
