package org.fondaco.chain.transaction;

import java.util.Arrays;
import java.util.List;
import org.fondaco.chain.rlp.Rlp;
import org.fondaco.chain.rlp.RlpException;
import org.fondaco.chain.rlp.RlpItem;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.transaction.Transaction.Access;
import org.fondaco.chain.transaction.Transaction.Signature;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** The encodings of EIP-155, 2718, 2930, 1559 and 4844. */
final class TransactionCodec {
  private static final int LEGACY_FIELDS = 9;
  private static final int[] FIELDS = {LEGACY_FIELDS, 11, 12, 14};

  /** v of a legacy signature: 27 and 28 without a chain id, 35 + 2 * id and one more with it. */
  private static final long V = 27;

  private static final long V_CHAIN = 35;
  private static final U256 TWO = U256.of(2);

  private TransactionCodec() {}

  static byte[] encode(Transaction transaction) {
    RlpWriter writer = new RlpWriter();
    int start = begin(writer, transaction);
    Signature signature = transaction.signature();
    writer.word(v(transaction)).word(signature.r()).word(signature.s());
    return typed(transaction, writer.endList(start).toBytes());
  }

  static byte[] encodeUnsigned(Transaction transaction) {
    RlpWriter writer = new RlpWriter();
    int start = begin(writer, transaction);
    U256 chainId = transaction.chainId();
    if (transaction.type() == Transaction.LEGACY && chainId != null) {
      writer.word(chainId).number(0).number(0);
    }
    return typed(transaction, writer.endList(start).toBytes());
  }

  private static U256 v(Transaction transaction) {
    U256 parity = U256.of(transaction.signature().parity());
    U256 chainId = transaction.chainId();
    if (transaction.type() != Transaction.LEGACY) {
      return parity;
    }
    return chainId == null
        ? parity.add(U256.of(V))
        : parity.add(U256.of(V_CHAIN)).add(chainId.multiply(TWO));
  }

  private static byte[] typed(Transaction transaction, byte[] list) {
    if (transaction.type() == Transaction.LEGACY) {
      return list;
    }
    byte[] envelope = new byte[list.length + 1];
    envelope[0] = (byte) transaction.type();
    System.arraycopy(list, 0, envelope, 1, list.length);
    return envelope;
  }

  /** All fields before the signature. */
  private static int begin(RlpWriter writer, Transaction transaction) {
    int start = writer.beginList();
    int type = transaction.type();
    U256 chainId = transaction.chainId();
    if (type != Transaction.LEGACY) {
      writer.word(chainId == null ? U256.ZERO : chainId);
    }
    writer.word(unsigned(transaction.nonce()));
    if (type >= Transaction.DYNAMIC_FEE) {
      writer.word(transaction.maxPriorityFee());
    }
    writer.word(transaction.maxFee()).word(unsigned(transaction.gasLimit()));
    Address to = transaction.to();
    writer
        .bytes(to == null ? new byte[0] : to.toBytes())
        .word(transaction.value())
        .bytes(transaction.data());
    if (type != Transaction.LEGACY) {
      writeAccessList(writer, transaction.accessList());
    }
    if (type == Transaction.BLOB) {
      writer.word(transaction.maxBlobFee());
      int hashes = writer.beginList();
      transaction.blobHashes().forEach(writer::hash);
      writer.endList(hashes);
    }
    return start;
  }

  private static void writeAccessList(RlpWriter writer, List<Access> accessList) {
    int list = writer.beginList();
    for (Access access : accessList) {
      int entry = writer.beginList();
      writer.address(access.address());
      int keys = writer.beginList();
      access.keys().forEach(writer::hash);
      writer.endList(keys).endList(entry);
    }
    writer.endList(list);
  }

  static Transaction decode(byte[] encoded) {
    if (encoded.length == 0) {
      throw new RlpException("a transaction of no bytes");
    }
    int first = encoded[0] & 0xff;
    if (first >= 0xc0) {
      return decodeLegacy(fields(Rlp.decode(encoded), LEGACY_FIELDS));
    }
    if (first == 0 || first >= FIELDS.length) {
      throw new RlpException("no transaction type " + first);
    }
    RlpItem body = Rlp.decode(Arrays.copyOfRange(encoded, 1, encoded.length));
    return decodeTyped(first, fields(body, FIELDS[first]));
  }

  private static RlpItem.Items fields(RlpItem item, int count) {
    RlpItem.Items list = item.asList();
    if (list.size() != count) {
      throw new RlpException("a transaction of " + list.size() + " fields, not " + count);
    }
    return list;
  }

  private static Transaction decodeLegacy(RlpItem.Items list) {
    U256 price = list.at(1).asWord();
    U256 v = list.at(6).asWord();
    U256 chainId = null;
    int parity;
    if (v.compareTo(U256.of(V_CHAIN)) >= 0) {
      U256 offset = v.subtract(U256.of(V_CHAIN));
      chainId = offset.divide(TWO);
      parity = (int) offset.remainder(TWO).longValue();
    } else if (v.equals(U256.of(V)) || v.equals(U256.of(V + 1))) {
      parity = (int) (v.longValue() - V);
    } else {
      throw new RlpException("no signature has v " + v);
    }
    return new Transaction(
        Transaction.LEGACY,
        chainId,
        nonce(list.at(0)),
        price,
        price,
        unsigned64(list.at(2)),
        to(list.at(3)),
        list.at(4).asWord(),
        list.at(5).asBytes(),
        List.of(),
        U256.ZERO,
        List.of(),
        new Signature(parity, list.at(7).asWord(), list.at(8).asWord()));
  }

  private static Transaction decodeTyped(int type, RlpItem.Items list) {
    int at = type == Transaction.ACCESS_LIST ? 2 : 3;
    Address to = to(list.at(at + 2));
    if (type == Transaction.BLOB && to == null) {
      throw new RlpException("a blob transaction creates no contract");
    }
    int signature = list.size() - 3;
    U256 parity = list.at(signature).asWord();
    if (parity.compareTo(U256.ONE) > 0) {
      throw new RlpException("a parity is 0 or 1");
    }
    return new Transaction(
        type,
        list.at(0).asWord(),
        nonce(list.at(1)),
        list.at(2).asWord(),
        list.at(at).asWord(),
        unsigned64(list.at(at + 1)),
        to,
        list.at(at + 3).asWord(),
        list.at(at + 4).asBytes(),
        accessList(list.at(at + 5).asList()),
        type == Transaction.BLOB ? list.at(9).asWord() : U256.ZERO,
        type == Transaction.BLOB ? hashes(list.at(10).asList()) : List.of(),
        new Signature(
            (int) parity.longValue(),
            list.at(signature + 1).asWord(),
            list.at(signature + 2).asWord()));
  }

  private static List<Access> accessList(RlpItem.Items list) {
    return list.items().stream()
        .map(item -> fields(item, 2))
        .map(entry ->
            new Access(
                Address.of(entry.at(0).asBytes(Address.BYTES)), hashes(entry.at(1).asList())))
        .toList();
  }

  private static List<Hash> hashes(RlpItem.Items list) {
    return list.items().stream().map(item -> Hash.of(item.asBytes(Hash.BYTES))).toList();
  }

  private static @Nullable Address to(RlpItem item) {
    return item.asBytes().length == 0 ? null : Address.of(item.asBytes(Address.BYTES));
  }

  /** EIP-2681: the nonce 2^64 - 1 does not exist. */
  private static long nonce(RlpItem item) {
    long nonce = unsigned64(item);
    if (nonce == -1) {
      throw new RlpException("a nonce of 2^64 - 1");
    }
    return nonce;
  }

  private static long unsigned64(RlpItem item) {
    U256 word = item.asWord();
    if (word.bitLength() > Long.SIZE) {
      throw new RlpException("a number above 2^64 - 1");
    }
    return word.longValue();
  }

  private static U256 unsigned(long value) {
    return U256.ofLimbs(value, 0, 0, 0);
  }
}
