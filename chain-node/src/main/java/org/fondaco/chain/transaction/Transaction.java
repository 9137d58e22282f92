package org.fondaco.chain.transaction;

import java.util.List;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * A signed transaction.
 *
 * @param type 0 legacy, 1 EIP-2930, 2 EIP-1559, 3 EIP-4844
 * @param chainId null for a legacy transaction that any chain takes (before EIP-155)
 * @param nonce from 0 to 2^64 - 2 (EIP-2681), as an unsigned number
 * @param maxPriorityFee in wei a unit of gas; the gas price of types 0 and 1
 * @param maxFee in wei a unit of gas; the gas price of types 0 and 1
 * @param gasLimit unsigned
 * @param to null for a creation
 * @param data must not be changed
 * @param maxBlobFee in wei a unit of blob gas; type 3 only
 * @param signature who sent it
 */
@SuppressWarnings("ArrayRecordComponent") // read only; equality is that of hash()
public record Transaction(
    int type,
    @Nullable U256 chainId,
    long nonce,
    U256 maxPriorityFee,
    U256 maxFee,
    long gasLimit,
    @Nullable Address to,
    U256 value,
    byte[] data,
    List<Access> accessList,
    U256 maxBlobFee,
    List<Hash> blobHashes,
    Signature signature) {
  public static final int LEGACY = 0;
  public static final int ACCESS_LIST = 1;
  public static final int DYNAMIC_FEE = 2;
  public static final int BLOB = 3;

  /** One entry of an access list: EIP-2930. */
  public record Access(Address address, List<Hash> keys) {}

  /**
   * An ECDSA signature on secp256k1.
   *
   * @param parity of y of the ephemeral key, 0 or 1
   */
  public record Signature(int parity, U256 r, U256 s) {}

  /** The hash that names the transaction. */
  public Hash hash() {
    return Keccak.hash(encode());
  }

  /** The bytes that a block's transaction trie holds (EIP-2718): a list, or a type and a list. */
  public byte[] encode() {
    return TransactionCodec.encode(this);
  }

  /** What the sender signs: the Keccak of the unsigned transaction. */
  public Hash signingHash() {
    return Keccak.hash(TransactionCodec.encodeUnsigned(this));
  }

  /**
   * Reads what {@link #encode} writes.
   *
   * @throws org.fondaco.chain.rlp.RlpException on anything else
   */
  public static Transaction decode(byte[] encoded) {
    return TransactionCodec.decode(encoded);
  }

  /** The account whose key signed; null if no key could have. */
  public @Nullable Address sender() {
    return Signatures.sender(this);
  }

  /** The same transaction, signed by a private key of 32 bytes. */
  public Transaction signedBy(byte[] privateKey) {
    return new Transaction(
        type,
        chainId,
        nonce,
        maxPriorityFee,
        maxFee,
        gasLimit,
        to,
        value,
        data,
        accessList,
        maxBlobFee,
        blobHashes,
        Signatures.sign(signingHash().toBytes(), privateKey));
  }
}
