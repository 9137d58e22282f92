package org.fondaco.chain.blockchain;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.state.StateSource;
import org.fondaco.chain.state.StoredAccount;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;

/** Blocks of random transfers between a few accounts. */
final class RandomBlocks {
  static final List<Address> COINBASES = List.of(Address.of(0xc0), Address.of(0xc1));
  private static final List<Address> SENDERS =
      TestChain.KEYS.stream().map(TestChain::address).toList();

  private final Random random;
  private int made;

  RandomBlocks(Random random) {
    this.random = random;
  }

  /** Every account that a block can pay. */
  static List<Address> accounts() {
    List<Address> accounts = new ArrayList<>(SENDERS);
    accounts.addAll(COINBASES);
    for (int i = 0; i < 8; i++) {
      accounts.add(Address.of(0xbe00 + i));
    }
    return accounts;
  }

  /** A block on a parent that the chain knows; no two are the same. */
  Block on(Blockchain chain, BlockHeader parent, int secondsMax, List<BlockHeader> uncles) {
    StateSource state = chain.state(parent.stateRoot());
    List<Transaction> transactions = new ArrayList<>();
    for (int i = 0; i < SENDERS.size(); i++) {
      StoredAccount sender = state.account(SENDERS.get(i));
      long nonce = sender == null ? 0 : sender.nonce();
      for (int count = random.nextInt(3); count > 0; count--) {
        transactions.add(
            TestChain.transfer(
                    nonce++,
                    Address.of(0xbe00 + random.nextInt(8)),
                    1 + random.nextInt(1_000_000),
                    2 + random.nextInt(5))
                .signedBy(TestChain.KEYS.get(i)));
      }
    }
    BlockHeader header =
        TestChain.header(
            chain,
            parent,
            1 + random.nextInt(secondsMax),
            COINBASES.get(random.nextInt(2)),
            "b" + made++);
    return TestChain.block(chain, header, uncles, transactions);
  }
}
