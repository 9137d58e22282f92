package org.fondaco.chain.blockchain;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.execution.BlockExecution;
import org.fondaco.chain.execution.BlockExecution.Applied;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.jspecify.annotations.Nullable;

/** Runs a block that somebody else has built and compares what it claims. */
final class Import {
  /** Fewer transactions are not worth a second thread. */
  private static final int PARALLEL_MIN = 8;

  private Import() {}

  /** What is wrong with the block; null if it is as it says. */
  static @Nullable String run(BlockExecution execution, Block block) {
    List<Transaction> transactions = block.transactions();
    List<Optional<Address>> senders = senders(transactions);
    for (int i = 0; i < transactions.size(); i++) {
      Applied applied = execution.apply(transactions.get(i), senders.get(i).orElse(null));
      if (applied instanceof Applied.Refused(String reason)) {
        return "transactions: " + i + " " + reason;
      }
    }
    return difference(
        block.header(), execution.finish(block.uncles(), block.withdrawals()).header());
  }

  /** Recovering a sender costs more than a transfer, and needs no order. */
  private static List<Optional<Address>> senders(List<Transaction> transactions) {
    return (transactions.size() < PARALLEL_MIN
            ? transactions.stream()
            : transactions.parallelStream())
        .map(transaction -> Optional.ofNullable(transaction.sender()))
        .toList();
  }

  private static @Nullable String difference(BlockHeader claimed, BlockHeader found) {
    if (claimed.gasUsed() != found.gasUsed()) {
      return "gasUsed: " + claimed.gasUsed() + ", not " + found.gasUsed();
    }
    if (!Objects.equals(claimed.blobGasUsed(), found.blobGasUsed())) {
      return "blobGasUsed: " + claimed.blobGasUsed() + ", not " + found.blobGasUsed();
    }
    if (!Arrays.equals(claimed.bloom(), found.bloom())) {
      return "bloom: not that of the logs";
    }
    if (!claimed.receiptsRoot().equals(found.receiptsRoot())) {
      return "receiptsRoot: " + claimed.receiptsRoot() + ", not " + found.receiptsRoot();
    }
    return claimed.stateRoot().equals(found.stateRoot())
        ? null
        : "stateRoot: " + claimed.stateRoot() + ", not " + found.stateRoot();
  }
}
