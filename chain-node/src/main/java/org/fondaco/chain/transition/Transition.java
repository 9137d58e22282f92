package org.fondaco.chain.transition;

import java.math.BigInteger;
import java.util.List;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.evm.Evm;
import org.fondaco.chain.evm.Message;
import org.fondaco.chain.evm.Result;
import org.fondaco.chain.evm.TransactionContext;
import org.fondaco.chain.evm.Watch;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.precompile.Precompiles;
import org.fondaco.chain.state.Log;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.transaction.TransactionRules;
import org.fondaco.chain.transition.Outcome.Reason;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * Checks a transaction, runs it and settles what it costs. One for all transactions of a block, or
 * for one call beside the chain; one thread.
 */
public final class Transition {
  private final Rules rules;
  private final WorldState state;
  private final BlockContext block;
  private final Watch watch;
  private final List<Address> precompiles;
  private @Nullable Evm last;

  public Transition(Rules rules, WorldState state, BlockContext block) {
    this(rules, state, block, Watch.NONE);
  }

  public Transition(Rules rules, WorldState state, BlockContext block, Watch watch) {
    this.rules = rules;
    this.state = state;
    this.block = block;
    this.watch = watch;
    precompiles = Precompiles.of(rules.fork()).addresses();
  }

  /**
   * Applies a transaction to the state and ends it there.
   *
   * @param gasAvailable what the transactions before left of the block's limit
   * @throws org.fondaco.chain.evm.CancelledException if the watch says so; the state is of no use
   *     then
   */
  public Outcome apply(Call call, long gasAvailable) {
    Reason reason = check(call, gasAvailable);
    if (reason == null) {
      reason = checkSender(call);
    }
    if (reason == null) {
      reason = checkFunds(call);
    }
    return reason == null ? execute(call) : new Outcome.Invalid(reason);
  }

  /**
   * Runs what no one signed, as {@code eth_call} does: the nonce is the sender's next whatever the
   * call says, the sender may be a contract, the block's gas limit does not count, and a call that
   * names no fee pays none, not even the base fee. The sender still needs the value that it sends
   * and the fee that it names. Changes stay in the state, as those of {@link #apply} do.
   *
   * @throws org.fondaco.chain.evm.CancelledException as {@link #apply}
   */
  public Outcome simulate(Call call) {
    Call next = call.withNonce(state.nonce(call.sender()));
    BlockContext seen = block;
    if (call.maxFee().isZero() && call.maxPriorityFee().isZero()) {
      seen = seen.withBaseFee(U256.ZERO);
    }
    if (call.maxBlobFee().isZero()) {
      seen = seen.withBlobBaseFee(U256.ZERO);
    }
    Transition relaxed = new Transition(rules, state, seen, watch);
    Reason reason = relaxed.check(next, Long.MAX_VALUE);
    if (reason == null) {
      reason = relaxed.checkFunds(next);
    }
    return reason == null ? relaxed.execute(next) : new Outcome.Invalid(reason);
  }

  private Outcome execute(Call call) {
    U256 price = price(call);
    long gasLimit = call.gasLimit().longValue();
    U256 blobFee = block.blobBaseFee().multiply(U256.of(blobGas(call)));
    state.subtractBalance(call.sender(), call.gasLimit().multiply(price).add(blobFee));
    state.setNonce(call.sender(), call.nonce() + 1);
    warm(call);

    Evm evm = machine(new TransactionContext(call.sender(), price, call.blobHashes()));
    Result result = evm.run(message(call, gasLimit - intrinsicGas(call)));
    long used = gasLimit - result.gasLeft();
    long refunded = Math.min(used / rules.refundQuotient(), result.success() ? state.refund() : 0);
    used -= refunded;
    settle(call, price, gasLimit - used, used);

    List<Log> logs = state.logs();
    state.endTransaction(rules.atLeast(Fork.SPURIOUS_DRAGON));
    return new Outcome.Executed(result, used, refunded, logs);
  }

  /** The last transaction's machine leaves its frames to the next one's. */
  private Evm machine(TransactionContext transaction) {
    Evm before = last;
    Evm evm =
        before == null
            ? new Evm(rules, state, block, transaction, watch)
            : before.next(block, transaction);
    last = evm;
    return evm;
  }

  private Message message(Call call, long gas) {
    Address to = call.to();
    Message.Kind kind = to == null ? Message.Kind.CREATE : Message.Kind.CALL;
    Address target = to == null ? Evm.contractAddress(call.sender(), call.nonce()) : to;
    return new Message(kind, call.sender(), target, target, call.value(), call.input(), gas, false);
  }

  /** EIP-2929, EIP-2930 and EIP-3651: what is warm before the first operation. */
  private void warm(Call call) {
    if (!rules.atLeast(Fork.BERLIN)) {
      return;
    }
    state.preWarm(call.sender());
    Address to = call.to();
    state.preWarm(to == null ? Evm.contractAddress(call.sender(), call.nonce()) : to);
    precompiles.forEach(state::preWarm);
    if (rules.atLeast(Fork.SHANGHAI)) {
      state.preWarm(block.coinbase());
    }
    for (Transaction.Access access : call.accessList()) {
      state.preWarm(access.address());
      access.keys().forEach(key -> state.preWarm(access.address(), key.toWord()));
    }
  }

  private void settle(Call call, U256 price, long gasBack, long gasUsed) {
    state.addBalance(call.sender(), U256.of(gasBack).multiply(price));
    // EIP-1559: the base fee goes to no one.
    U256 tip = rules.atLeast(Fork.LONDON) ? price.subtract(block.baseFee()) : price;
    state.addBalance(block.coinbase(), U256.of(gasUsed).multiply(tip));
  }

  private U256 price(Call call) {
    if (!rules.atLeast(Fork.LONDON)) {
      return call.maxFee();
    }
    U256 room = call.maxFee().subtract(block.baseFee());
    U256 tip = room.compareTo(call.maxPriorityFee()) < 0 ? room : call.maxPriorityFee();
    return block.baseFee().add(tip);
  }

  private static long blobGas(Call call) {
    return Rules.BLOB * call.blobHashes().size();
  }

  private @Nullable Reason check(Call call, long gasAvailable) {
    if (call.type() > TransactionRules.latestType(rules)) {
      return Reason.TYPE_NOT_OF_THIS_FORK;
    }
    Reason fees = checkFees(call);
    if (fees != null) {
      return fees;
    }
    if (!call.gasLimit().fitsLong() || call.gasLimit().longValue() > gasAvailable) {
      return Reason.GAS_ABOVE_BLOCK_LIMIT;
    }
    if (call.gasLimit().longValue() < intrinsicGas(call)) {
      return Reason.GAS_BELOW_INTRINSIC;
    }
    if (call.to() == null && call.input().length > rules.initCodeBytesMax()) {
      return Reason.INIT_CODE_TOO_LONG;
    }
    return null;
  }

  private @Nullable Reason checkFees(Call call) {
    if (call.maxFee().compareTo(call.maxPriorityFee()) < 0) {
      return Reason.PRIORITY_ABOVE_FEE;
    }
    if (rules.atLeast(Fork.LONDON) && call.maxFee().compareTo(block.baseFee()) < 0) {
      return Reason.FEE_BELOW_BASE_FEE;
    }
    if (call.type() != 3) {
      return null;
    }
    if (call.to() == null) {
      return Reason.BLOB_CREATES;
    }
    if (call.blobHashes().isEmpty() || blobGas(call) > BlobGas.MAX) {
      return Reason.BLOB_COUNT;
    }
    if (call.blobHashes().stream().anyMatch(hash -> hash.toBytes()[0] != 1)) {
      return Reason.BLOB_HASH_VERSION;
    }
    return call.maxBlobFee().compareTo(block.blobBaseFee()) < 0 ? Reason.BLOB_FEE_TOO_LOW : null;
  }

  private @Nullable Reason checkSender(Call call) {
    int order = Long.compareUnsigned(call.nonce(), state.nonce(call.sender()));
    if (order != 0) {
      return order < 0 ? Reason.NONCE_TOO_LOW : Reason.NONCE_TOO_HIGH;
    }
    if (call.nonce() == -1) {
      return Reason.NONCE_AT_MAXIMUM;
    }
    return state.code(call.sender()).isEmpty() ? null : Reason.SENDER_HAS_CODE;
  }

  private @Nullable Reason checkFunds(Call call) {
    // What it may cost in the end can leave 256 bits, so this once it is counted without limit.
    BigInteger cost =
        call.gasLimit()
            .toBigInteger()
            .multiply(call.maxFee().toBigInteger())
            .add(call.value().toBigInteger())
            .add(BigInteger.valueOf(blobGas(call)).multiply(call.maxBlobFee().toBigInteger()));
    return cost.compareTo(state.balance(call.sender()).toBigInteger()) > 0
        ? Reason.INSUFFICIENT_FUNDS
        : null;
  }

  /** What the transaction costs before its first operation. */
  public long intrinsicGas(Call call) {
    return TransactionRules.intrinsicGas(rules, call.to() == null, call.input(), call.accessList());
  }
}
