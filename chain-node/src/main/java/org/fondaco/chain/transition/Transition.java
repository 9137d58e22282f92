package org.fondaco.chain.transition;

import java.math.BigInteger;
import java.util.List;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.evm.Evm;
import org.fondaco.chain.evm.Message;
import org.fondaco.chain.evm.Result;
import org.fondaco.chain.evm.TransactionContext;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.precompile.Precompiles;
import org.fondaco.chain.state.Log;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.transition.Outcome.Reason;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** Checks a transaction, runs it and settles what it costs. One for a block; one thread. */
public final class Transition {
  private final Rules rules;
  private final WorldState state;
  private final BlockContext block;
  private final List<Address> precompiles;

  public Transition(Rules rules, WorldState state, BlockContext block) {
    this.rules = rules;
    this.state = state;
    this.block = block;
    precompiles = Precompiles.of(rules.fork()).addresses();
  }

  /**
   * Applies a transaction to the state and ends it there.
   *
   * @param gasAvailable what the transactions before left of the block's limit
   */
  public Outcome apply(Call call, long gasAvailable) {
    Reason reason = check(call, gasAvailable);
    if (reason != null) {
      return new Outcome.Invalid(reason);
    }
    U256 price = price(call);
    long gasLimit = call.gasLimit().longValue();
    U256 blobFee = block.blobBaseFee().multiply(U256.of(blobGas(call)));
    state.subtractBalance(call.sender(), call.gasLimit().multiply(price).add(blobFee));
    state.setNonce(call.sender(), call.nonce() + 1);
    warm(call);

    long gas = gasLimit - intrinsicGas(call);
    Evm evm =
        new Evm(
            rules, state, block, new TransactionContext(call.sender(), price, call.blobHashes()));
    Result result = evm.run(message(call, gas));
    long used = gasLimit - result.gasLeft();
    used -= Math.min(used / rules.refundQuotient(), result.success() ? state.refund() : 0);
    settle(call, price, gasLimit - used, used);

    List<Log> logs = state.logs();
    state.endTransaction(rules.atLeast(Fork.SPURIOUS_DRAGON));
    return new Outcome.Executed(result, used, logs);
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
    for (Call.Access access : call.accessList()) {
      state.preWarm(access.address());
      access.keys().forEach(key -> state.preWarm(access.address(), key));
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
    if (call.type() > latestType()) {
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
    return checkSender(call);
  }

  private int latestType() {
    if (rules.atLeast(Fork.CANCUN)) {
      return 3;
    }
    if (rules.atLeast(Fork.LONDON)) {
      return 2;
    }
    return rules.atLeast(Fork.BERLIN) ? 1 : 0;
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
    if (call.blobHashes().stream().anyMatch(hash -> hash.toBytes32()[0] != 1)) {
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
    if (!state.code(call.sender()).isEmpty()) {
      return Reason.SENDER_HAS_CODE;
    }
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

  /** g_0 of the yellow paper. */
  public long intrinsicGas(Call call) {
    long gas = Rules.TRANSACTION;
    for (byte each : call.input()) {
      gas += each == 0 ? Rules.ZERO_BYTE : rules.nonZeroByte();
    }
    if (call.to() == null) {
      gas += rules.createTransaction();
      gas += rules.initCodeWord() * ((call.input().length + 31L) / 32);
    }
    for (Call.Access access : call.accessList()) {
      gas += Rules.ACCESS_LIST_ADDRESS + Rules.ACCESS_LIST_KEY * access.keys().size();
    }
    return gas;
  }
}
