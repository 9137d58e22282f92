package org.fondaco.chain.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.block.Bloom;
import org.fondaco.chain.block.Receipt;
import org.fondaco.chain.block.Withdrawal;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.state.TrieUpdate;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.transaction.TransactionRules;
import org.fondaco.chain.transition.BlobGas;
import org.fondaco.chain.transition.Call;
import org.fondaco.chain.transition.Outcome;
import org.fondaco.chain.transition.Transition;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * One block on the state of its parent: {@link #begin}, {@link #apply} for each transaction, {@link
 * #finish}. What is built and what arrives goes the same way; one compares the finished header with
 * the other's. One thread.
 */
public final class BlockExecution {
  private static final U256 WEI_A_GWEI = U256.of(1_000_000_000);

  private final ChainConfig config;
  private final boolean paysRewards;
  private final BlockHeader header;
  private final WorldState state;
  private final TrieUpdate update;
  private final Fork fork;
  private final Rules machine;
  private final BlockContext context;
  private final TransactionRules transactionRules;
  private final Transition transition;
  private final List<Transaction> transactions = new ArrayList<>();
  private final List<Receipt> receipts = new ArrayList<>();
  private final byte[] bloom = new byte[BlockHeader.BLOOM_BYTES];
  private long gasUsed;
  private long blobGasUsed;
  private @Nullable Block finished;

  /**
   * Begins nothing yet.
   *
   * @param header of the block; what executing finds out may hold anything
   * @param state over that of the parent
   * @param update of the parent's state
   * @param ancestors the hash of the block of a number, asked only for the 256 before this one
   */
  public BlockExecution(
      ChainConfig config,
      boolean paysRewards,
      BlockHeader header,
      WorldState state,
      TrieUpdate update,
      LongFunction<Hash> ancestors) {
    this.config = config;
    this.paysRewards = paysRewards;
    this.header = header;
    this.state = state;
    this.update = update;
    fork = config.fork(header.number(), header.timestamp(), header.difficulty());
    machine = Contexts.rules(config, header);
    context = Contexts.of(config, header, ancestors);
    transactionRules = new TransactionRules(machine.fork(), U256.of(config.chainId()));
    transition = new Transition(machine, state, context);
  }

  /** What became of a transaction. */
  public sealed interface Applied {
    /** It is in the block; {@code gasUsed} is its own. */
    record Included(Receipt receipt, long gasUsed) implements Applied {}

    /**
     * It cannot be in the block at this place; nothing changed.
     *
     * @param reason of {@link Outcome.Reason} or {@link TransactionRules.Refusal}, by its name
     */
    record Refused(String reason) implements Applied {}
  }

  /** What happens before the first transaction: {@link BlockStart}. */
  public void begin() {
    BlockStart.run(config, header, machine, context, state);
  }

  /** Runs the next transaction, or leaves everything as it was. */
  public Applied apply(Transaction transaction) {
    return apply(transaction, transaction.sender());
  }

  /**
   * The same where the sender was recovered before.
   *
   * @param sender null if no key could have signed
   */
  public Applied apply(Transaction transaction, @Nullable Address sender) {
    TransactionRules.Refusal refusal = transactionRules.check(transaction, sender);
    if (refusal != null || sender == null) {
      return new Applied.Refused(
          (refusal == null ? TransactionRules.Refusal.SIGNATURE : refusal).name());
    }
    long blobGas = Rules.BLOB * transaction.blobHashes().size();
    if (transaction.type() == Transaction.BLOB
        && (header.blobGasUsed() == null || blobGasUsed + blobGas > BlobGas.MAX)) {
      return new Applied.Refused(
          header.blobGasUsed() == null
              ? Outcome.Reason.TYPE_NOT_OF_THIS_FORK.name()
              : "BLOB_GAS_ABOVE_BLOCK_LIMIT");
    }
    return switch (transition.apply(Call.of(transaction, sender), header.gasLimit() - gasUsed)) {
      case Outcome.Invalid(Outcome.Reason reason) -> new Applied.Refused(reason.name());
      case Outcome.Executed executed -> {
        blobGasUsed += blobGas;
        yield included(transaction, executed);
      }
    };
  }

  private Applied included(Transaction transaction, Outcome.Executed executed) {
    gasUsed += executed.gasUsed();
    byte[] own = Bloom.of(executed.logs());
    Bloom.merge(bloom, own);
    Receipt receipt =
        new Receipt(
            transaction.type(),
            fork.atLeast(Fork.BYZANTIUM) ? null : update.root(state), // EIP-658
            executed.result().success(),
            gasUsed,
            own,
            executed.logs());
    transactions.add(transaction);
    receipts.add(receipt);
    return new Applied.Included(receipt, executed.gasUsed());
  }

  /** Gas that is left for transactions. */
  public long gasLeft() {
    return header.gasLimit() - gasUsed;
  }

  /** Of the transactions so far, in their order; a copy. */
  public List<Receipt> receipts() {
    return List.copyOf(receipts);
  }

  /** The state as it is now. */
  public WorldState state() {
    return state;
  }

  /** What writes the state. */
  public TrieUpdate update() {
    return update;
  }

  /**
   * Pays rewards and withdrawals and completes the header: state, lists, gas and bloom. The seal
   * remains as it was.
   *
   * @param withdrawals null before Shanghai
   */
  public Block finish(List<BlockHeader> uncles, @Nullable List<Withdrawal> withdrawals) {
    if (withdrawals != null) {
      for (Withdrawal withdrawal : withdrawals) {
        state.addBalance(
            withdrawal.address(),
            U256.ofLimbs(withdrawal.amountGwei(), 0, 0, 0).multiply(WEI_A_GWEI));
      }
    }
    if (paysRewards && !fork.atLeast(Fork.PARIS)) {
      Rewards.pay(state, fork, header, uncles);
    }
    state.endTransaction(fork.atLeast(Fork.SPURIOUS_DRAGON));
    finished =
        new Block(
            new BlockHeader(
                header.parentHash(),
                ListRoot.ofUncles(uncles),
                header.coinbase(),
                update.root(state),
                ListRoot.ofTransactions(transactions),
                ListRoot.ofReceipts(receipts),
                bloom,
                header.difficulty(),
                header.number(),
                header.gasLimit(),
                gasUsed,
                header.timestamp(),
                header.extraData(),
                header.mixHash(),
                header.nonce(),
                header.baseFee(),
                withdrawals == null ? null : ListRoot.ofWithdrawals(withdrawals),
                header.blobGasUsed() == null ? null : (Long) blobGasUsed,
                header.excessBlobGas(),
                header.parentBeaconRoot()),
            List.copyOf(transactions),
            List.copyOf(uncles),
            withdrawals == null ? null : List.copyOf(withdrawals));
    return finished;
  }

  /** What {@link #finish} gave; null before. */
  public @Nullable Block finished() {
    return finished;
  }
}
