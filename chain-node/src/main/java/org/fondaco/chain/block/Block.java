package org.fondaco.chain.block;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.rlp.Rlp;
import org.fondaco.chain.rlp.RlpException;
import org.fondaco.chain.rlp.RlpItem;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * A block.
 *
 * @param withdrawals null before Shanghai
 */
public record Block(
    BlockHeader header,
    List<Transaction> transactions,
    List<BlockHeader> uncles,
    @Nullable List<Withdrawal> withdrawals) {
  /** The hash of the header, which names the block. */
  public Hash hash() {
    return header.hash();
  }

  public long number() {
    return header.number();
  }

  /** The encoding of the wire and of the official tests. */
  public byte[] encode() {
    RlpWriter writer = new RlpWriter();
    int start = writer.beginList();
    writer.encoded(header.encode());
    return writeBody(writer).endList(start).toBytes();
  }

  /** What is not the header, as a store keeps it: a list of two lists or three. */
  public byte[] encodeBody() {
    RlpWriter writer = new RlpWriter();
    int start = writer.beginList();
    return writeBody(writer).endList(start).toBytes();
  }

  private RlpWriter writeBody(RlpWriter writer) {
    int list = writer.beginList();
    for (Transaction transaction : transactions) {
      byte[] encoded = transaction.encode();
      if (transaction.type() == Transaction.LEGACY) {
        writer.encoded(encoded);
      } else {
        writer.bytes(encoded); // EIP-2718: a typed transaction is a string here
      }
    }
    writer.endList(list);
    list = writer.beginList();
    uncles.forEach(uncle -> writer.encoded(uncle.encode()));
    writer.endList(list);
    if (withdrawals != null) {
      list = writer.beginList();
      withdrawals.forEach(withdrawal -> withdrawal.encode(writer));
      writer.endList(list);
    }
    return writer;
  }

  /**
   * Reads what {@link #encode} writes.
   *
   * @throws RlpException on anything else
   */
  public static Block decode(byte[] encoded) {
    RlpItem.Items list = Rlp.decode(encoded).asList();
    if (list.size() != 3 && list.size() != 4) {
      throw new RlpException("a block of " + list.size() + " fields");
    }
    return of(BlockHeader.decode(list.at(0).asList()), list.items().subList(1, list.size()));
  }

  /**
   * Reads what {@link #encodeBody} writes.
   *
   * @throws RlpException on anything else
   */
  public static Block decode(BlockHeader header, byte[] body) {
    RlpItem.Items list = Rlp.decode(body).asList();
    if (list.size() != 2 && list.size() != 3) {
      throw new RlpException("a body of " + list.size() + " lists");
    }
    return of(header, list.items());
  }

  private static Block of(BlockHeader header, List<RlpItem> body) {
    List<Transaction> transactions = new ArrayList<>();
    for (RlpItem item : body.get(0).asList().items()) {
      transactions.add(transaction(item));
    }
    List<BlockHeader> uncles = new ArrayList<>();
    body.get(1).asList().items().forEach(item -> uncles.add(BlockHeader.decode(item.asList())));
    List<Withdrawal> withdrawals = null;
    if (body.size() == 3) {
      withdrawals = new ArrayList<>();
      for (RlpItem item : body.get(2).asList().items()) {
        withdrawals.add(Withdrawal.decode(item.asList()));
      }
    }
    return new Block(
        header,
        List.copyOf(transactions),
        List.copyOf(uncles),
        withdrawals == null ? null : List.copyOf(withdrawals));
  }

  private static Transaction transaction(RlpItem item) {
    return switch (item) {
      case RlpItem.Items items -> Transaction.decode(items.encoded());
      case RlpItem.Bytes(byte[] bytes) -> {
        if (bytes.length == 0 || bytes[0] < 0) {
          throw new RlpException("a legacy transaction in a string");
        }
        yield Transaction.decode(bytes);
      }
    };
  }
}
