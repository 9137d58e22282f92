package org.fondaco.chain.pool;

import java.util.HashMap;
import java.util.Map;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.execution.BaseFee;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.state.Code;
import org.fondaco.chain.state.StateSource;
import org.fondaco.chain.state.StoredAccount;
import org.fondaco.chain.transaction.TransactionRules;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** What the pool knows of the chain's head; accounts are read once. Used under the pool's lock. */
final class Head {
  private static final StoredAccount NONE = new StoredAccount(0, U256.ZERO, Code.EMPTY);

  private final BlockHeader header;
  private final StateSource state;
  private final Rules rules;
  private final TransactionRules transactionRules;
  private final U256 chainId;
  private final @Nullable U256 nextBaseFee;
  private final Map<Address, StoredAccount> accounts = new HashMap<>();

  Head(Blockchain chain, BlockHeader header, long nowSeconds) {
    this.header = header;
    state = chain.state(header.stateRoot());
    chainId = U256.of(chain.config().chainId());
    long next = header.number() + 1;
    long time = Math.max(nowSeconds, header.timestamp());
    rules = chain.config().machine(next, time);
    nextBaseFee =
        chain.config().fork(next, time).atLeast(Fork.LONDON) ? BaseFee.next(header) : null;
    transactionRules = new TransactionRules(rules.fork(), chainId);
  }

  /** No account reads as an empty one. */
  StoredAccount account(Address address) {
    return accounts.computeIfAbsent(
        address,
        key -> {
          StoredAccount account = state.account(key);
          return account == null ? NONE : account;
        });
  }

  long gasLimit() {
    return header.gasLimit();
  }

  /** Of the next block; null before London. */
  @Nullable U256 baseFee() {
    return nextBaseFee;
  }

  /** Of the next block. */
  Rules rules() {
    return rules;
  }

  TransactionRules transactionRules() {
    return transactionRules;
  }

  U256 chainId() {
    return chainId;
  }
}
