package org.fondaco.custody.payout.evm;

import fr.acinq.secp256k1.Secp256k1;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.custody.address.Keccak;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.signer.Scheme;
import org.fondaco.custody.signer.Signature;
import org.fondaco.custody.signer.Signer;
import org.jspecify.annotations.Nullable;

/**
 * A transaction without signature; amounts are wei.
 *
 * @param price the most that a gas may cost; of a legacy transaction, what it costs
 * @param tip priority fee of EIP-1559, null for a legacy transaction
 * @param to 20 bytes
 */
public record UnsignedEvm(
    long chainId,
    long nonce,
    BigInteger price,
    @Nullable BigInteger tip,
    long gas,
    byte[] to,
    BigInteger value,
    byte[] data) {
  private static final byte TYPE_2 = 2;
  private static final int LEGACY_FIELDS = 9;
  private static final int TYPE_2_FIELDS = 9;
  private static final byte[] EMPTY_LIST = {(byte) 0xc0};

  public UnsignedEvm {
    to = to.clone();
    data = data.clone();
    if (to.length != 20 || value.signum() < 0 || price.signum() < 0 || nonce < 0 || gas < 0) {
      throw new IllegalArgumentException("no transaction");
    }
  }

  @Override
  public byte[] to() {
    return to.clone();
  }

  @Override
  public byte[] data() {
    return data.clone();
  }

  /** A transaction as it goes out; the hash is 64 hexadecimal digits. */
  public record Signed(byte[] raw, String hash) {
    public Signed {
      raw = raw.clone();
    }

    @Override
    public byte[] raw() {
      return raw.clone();
    }
  }

  /** The most that the fee can be. */
  public BigInteger feeMax() {
    return price.multiply(BigInteger.valueOf(gas));
  }

  /** With another price, and another tip if it has one. */
  public UnsignedEvm priced(BigInteger newPrice, BigInteger newTip, BigInteger newValue) {
    return new UnsignedEvm(
        chainId, nonce, newPrice, tip == null ? null : newTip, gas, to, newValue, data);
  }

  /** What is hashed and signed: of a legacy transaction as EIP-155 says, else EIP-1559. */
  public byte[] encode() {
    List<byte[]> fields = fields();
    if (tip == null) {
      fields.add(number(chainId));
      fields.add(number(0));
      fields.add(number(0));
      return Rlp.list(fields);
    }
    fields.add(EMPTY_LIST);
    return typed(Rlp.list(fields));
  }

  private List<byte[]> fields() {
    List<byte[]> fields = new ArrayList<>();
    if (tip != null) {
      fields.add(number(chainId));
    }
    fields.add(number(nonce));
    if (tip != null) {
      fields.add(Rlp.number(tip));
    }
    fields.add(Rlp.number(price));
    fields.add(number(gas));
    fields.add(Rlp.string(to));
    fields.add(Rlp.number(value));
    fields.add(Rlp.string(data));
    return fields;
  }

  private static byte[] number(long value) {
    return Rlp.number(BigInteger.valueOf(value));
  }

  private static byte[] typed(byte[] list) {
    byte[] typed = new byte[list.length + 1];
    typed[0] = TYPE_2;
    System.arraycopy(list, 0, typed, 1, list.length);
    return typed;
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException when it did not
   */
  public static UnsignedEvm decode(byte[] bytes) {
    if (bytes.length > 0 && bytes[0] == TYPE_2) {
      // The access list is empty, and an empty list reads like a string of no bytes only here.
      byte[] body = bytes.clone();
      if (body[body.length - 1] != EMPTY_LIST[0]) {
        throw new IllegalArgumentException("an access list that is not empty");
      }
      body[body.length - 1] = (byte) 0x80;
      List<byte[]> f = counted(Rlp.strings(body, 1), TYPE_2_FIELDS);
      return new UnsignedEvm(
          small(f.get(0)),
          small(f.get(1)),
          big(f.get(3)),
          big(f.get(2)),
          small(f.get(4)),
          f.get(5),
          big(f.get(6)),
          f.get(7));
    }
    List<byte[]> f = counted(Rlp.strings(bytes, 0), LEGACY_FIELDS);
    return new UnsignedEvm(
        small(f.get(6)),
        small(f.get(0)),
        big(f.get(1)),
        null,
        small(f.get(2)),
        f.get(3),
        big(f.get(4)),
        f.get(5));
  }

  private static List<byte[]> counted(List<byte[]> fields, int count) {
    if (fields.size() != count) {
      throw new IllegalArgumentException("a transaction of " + fields.size() + " fields");
    }
    return fields;
  }

  private static BigInteger big(byte[] bytes) {
    return new BigInteger(1, bytes);
  }

  private static long small(byte[] bytes) {
    return big(bytes).longValueExact();
  }

  /** What is signed. */
  public Digest digest() {
    return Digest.of(Keccak.hash256(encode()));
  }

  /** Signs it; the guard must have the digest. */
  public Signed sign(Signer signer, KeyRef key) {
    Signature signature = signer.sign(key, digest(), Scheme.ECDSA_RECOVERABLE);
    List<byte[]> fields = fields();
    if (tip == null) {
      fields.add(
          number(Math.addExact(Math.multiplyExact(chainId, 2L), 35L + signature.recoveryId())));
    } else {
      fields.add(EMPTY_LIST);
      fields.add(number(signature.recoveryId()));
    }
    fields.add(Rlp.number(big(signature.r())));
    fields.add(Rlp.number(big(signature.s())));
    byte[] raw = tip == null ? Rlp.list(fields) : typed(Rlp.list(fields));
    return new Signed(raw, HexFormat.of().formatHex(Keccak.hash256(raw)));
  }

  /**
   * Takes a signature that was made elsewhere.
   *
   * @param from the sender, 20 bytes
   * @throws IllegalArgumentException unless the raw transaction is this one, signed by the sender
   */
  public Signed imported(byte[] raw, byte[] from) {
    boolean typed = raw.length > 0 && raw[0] == TYPE_2;
    byte[] body = raw.clone();
    List<byte[]> f = typed ? Rlp.strings(emptied(body), 1) : Rlp.strings(body, 0);
    int fields = fields().size() + (typed ? 1 : 0);
    if (typed != (tip != null) || f.size() != fields + 3) {
      throw new IllegalArgumentException("this is another transaction than the exported one");
    }
    BigInteger v = big(f.get(fields));
    BigInteger parity = typed ? v : v.subtract(BigInteger.valueOf(2 * chainId + 35));
    byte[] compact = new byte[64];
    copyRight(f.get(fields + 1), compact, 32);
    copyRight(f.get(fields + 2), compact, 64);
    if (parity.signum() < 0 || parity.bitLength() > 1) {
      throw new IllegalArgumentException("a signature for another chain");
    }
    byte[] key;
    try {
      key =
          Secp256k1.Companion.get()
              .ecdsaRecover(compact, digest().toBytes(), parity.intValueExact());
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("no signature", e);
    }
    byte[] hash = Keccak.hash256(Secp256k1.Companion.get().pubkeyParse(key), 1, 64);
    if (!Arrays.equals(Arrays.copyOfRange(hash, 12, 32), from)) {
      throw new IllegalArgumentException("not signed by the sender, or another transaction");
    }
    List<byte[]> again = fields();
    if (typed) {
      again.add(EMPTY_LIST);
    }
    again.add(Rlp.number(v));
    again.add(Rlp.number(big(f.get(fields + 1))));
    again.add(Rlp.number(big(f.get(fields + 2))));
    byte[] expected = typed ? typed(Rlp.list(again)) : Rlp.list(again);
    if (!Arrays.equals(expected, raw)) {
      throw new IllegalArgumentException("this is another transaction than the exported one");
    }
    return new Signed(raw, HexFormat.of().formatHex(Keccak.hash256(raw)));
  }

  /** Writes the empty access list before the three signature fields as an empty string. */
  private byte[] emptied(byte[] body) {
    List<byte[]> before = fields();
    int length = before.stream().mapToInt(field -> field.length).sum();
    int at = listStart(body) + length;
    if (at >= body.length || body[at] != EMPTY_LIST[0]) {
      throw new IllegalArgumentException("this is another transaction than the exported one");
    }
    body[at] = (byte) 0x80;
    return body;
  }

  private static int listStart(byte[] typedBody) {
    int first = typedBody.length > 1 ? typedBody[1] & 0xff : 0;
    return first > 0xf7 ? 2 + first - 0xf7 : 2;
  }

  private static void copyRight(byte[] from, byte[] to, int end) {
    if (from.length > 32) {
      throw new IllegalArgumentException("no signature");
    }
    System.arraycopy(from, 0, to, end - from.length, from.length);
  }
}
