package org.fondaco.chain.execution;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.block.Receipt;
import org.fondaco.chain.block.Withdrawal;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.trie.PatriciaRoot;
import org.fondaco.chain.word.Hash;

/** The roots that a header holds of its block's lists (yellow paper, 4.3.2). */
public final class ListRoot {
  private ListRoot() {}

  public static Hash ofTransactions(List<Transaction> transactions) {
    return of(transactions, Transaction::encode);
  }

  public static Hash ofReceipts(List<Receipt> receipts) {
    return of(receipts, Receipt::encode);
  }

  public static Hash ofWithdrawals(List<Withdrawal> withdrawals) {
    return of(
        withdrawals,
        withdrawal -> {
          RlpWriter writer = new RlpWriter();
          withdrawal.encode(writer);
          return writer.toBytes();
        });
  }

  /** The Keccak of the list of headers: no trie. */
  public static Hash ofUncles(List<BlockHeader> uncles) {
    RlpWriter writer = new RlpWriter();
    int start = writer.beginList();
    uncles.forEach(uncle -> writer.encoded(uncle.encode()));
    return Keccak.hash(writer.endList(start).toBytes());
  }

  private static <T> Hash of(List<T> items, Function<T, byte[]> encode) {
    Map<byte[], byte[]> pairs = new IdentityHashMap<>();
    for (int i = 0; i < items.size(); i++) {
      pairs.put(new RlpWriter().number(i).toBytes(), encode.apply(items.get(i)));
    }
    return PatriciaRoot.of(pairs);
  }
}
