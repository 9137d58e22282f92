package org.fondaco.chain.rpc.eth;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.block.Bloom;
import org.fondaco.chain.block.Receipt;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.evm.CancelledException;
import org.fondaco.chain.evm.Result;
import org.fondaco.chain.evm.Watch;
import org.fondaco.chain.execution.ListRoot;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.json.BlockJson;
import org.fondaco.chain.rpc.json.Quantity;
import org.fondaco.chain.rpc.json.ReceiptJson;
import org.fondaco.chain.state.Log;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.transition.Call;
import org.fondaco.chain.transition.Outcome;
import org.fondaco.chain.transition.Transition;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One block of a {@link Simulation} while its calls run. One thread. */
final class SimulatedBlock {
  private static final int TIMED_OUT = -32016;
  private static final int FAILED = -32015;
  private static final int NONCE_TOO_LOW = -38010;
  private static final int NONCE_TOO_HIGH = -38011;
  private static final int FEE_TOO_LOW = -38012;
  private static final int BELOW_INTRINSIC = -38013;
  private static final int INSUFFICIENT_FUNDS = -38014;
  private static final int BLOCK_IS_FULL = -38015;
  private static final int INIT_CODE_TOO_LONG = -38025;

  private final Rules rules;
  private final BlockContext context;
  private final WorldState state;
  private final Simulation.Options options;
  private final List<Done> done = new ArrayList<>();
  private final List<Receipt> receipts = new ArrayList<>();
  private long gasUsed;
  private long gasLeft;

  /**
   * A call that ran.
   *
   * @param logs with those of movements of ether
   */
  private record Done(
      Transaction transaction, Address sender, Outcome.Executed outcome, List<Log> logs) {}

  /**
   * Begins a block.
   *
   * @param gasLeft of what all calls of the simulation together may use
   */
  SimulatedBlock(
      Rules rules,
      BlockContext context,
      WorldState state,
      Simulation.Options options,
      long gasLeft) {
    this.rules = rules;
    this.context = context;
    this.state = state;
    this.options = options;
    this.gasLeft = gasLeft;
  }

  long gasLeft() {
    return gasLeft;
  }

  /** Runs a call on what the calls before it left. */
  void call(CallArguments arguments) throws RpcException {
    long room = context.gasLimit().longValue() - gasUsed;
    U256 asked = arguments.gas();
    if (asked != null && asked.saturatedLong() > room) {
      throw new RpcException(
          BLOCK_IS_FULL,
          "block gas limit reached: "
              + (gasUsed + asked.saturatedLong())
              + " > "
              + context.gasLimit().toBigInteger());
    }
    long gas = Math.min(asked == null ? room : asked.longValue(), gasLeft);
    Call call = arguments.toCall(gas);
    long nonce = nonce(arguments, call.sender());
    if (options.validation()) {
      validate(call, nonce);
    }
    TransferTracer tracer = new TransferTracer(options.transfers());
    Watch watch = new Watch(tracer, null).until(options.deadlineNanos());
    try {
      switch (new Transition(rules, state, context, watch).simulate(call)) {
        case Outcome.Executed executed ->
            add(new Done(transaction(call, nonce), call.sender(), executed, tracer.logs()));
        case Outcome.Invalid(Outcome.Reason reason) -> throw refused(reason, call);
      }
    } catch (CancelledException e) {
      throw new RpcException(TIMED_OUT, "execution aborted (timeout)");
    }
  }

  private long nonce(CallArguments arguments, Address sender) {
    U256 given = arguments.nonce();
    return given == null ? state.nonce(sender) : given.longValue();
  }

  private void validate(Call call, long nonce) throws RpcException {
    long own = state.nonce(call.sender());
    int order = Long.compareUnsigned(nonce, own);
    if (order != 0) {
      throw new RpcException(
          order < 0 ? NONCE_TOO_LOW : NONCE_TOO_HIGH,
          "err: nonce too "
              + (order < 0 ? "low" : "high")
              + ": address "
              + call.sender()
              + ", tx: "
              + Long.toUnsignedString(nonce)
              + " state: "
              + Long.toUnsignedString(own)
              + " (supplied gas "
              + call.gasLimit().toBigInteger()
              + ")");
    }
    if (rules.atLeast(Fork.LONDON) && call.maxFee().compareTo(context.baseFee()) < 0) {
      throw refused(Outcome.Reason.FEE_BELOW_BASE_FEE, call);
    }
  }

  private RpcException refused(Outcome.Reason reason, Call call) {
    Simulator.Run run = new Simulator.Run(new Outcome.Invalid(reason), state, context, rules);
    RpcException plain = CallFailure.of(reason, call, run);
    return new RpcException(code(reason), String.valueOf(plain.getMessage()));
  }

  private static int code(Outcome.Reason reason) {
    return switch (reason) {
      case NONCE_TOO_LOW -> NONCE_TOO_LOW;
      case NONCE_TOO_HIGH, NONCE_AT_MAXIMUM -> NONCE_TOO_HIGH;
      case FEE_BELOW_BASE_FEE -> FEE_TOO_LOW;
      case GAS_BELOW_INTRINSIC -> BELOW_INTRINSIC;
      case INSUFFICIENT_FUNDS -> INSUFFICIENT_FUNDS;
      case GAS_ABOVE_BLOCK_LIMIT -> BLOCK_IS_FULL;
      case INIT_CODE_TOO_LONG -> INIT_CODE_TOO_LONG;
      case TYPE_NOT_OF_THIS_FORK,
          SENDER_HAS_CODE,
          PRIORITY_ABOVE_FEE,
          BLOB_FEE_TOO_LOW,
          BLOB_COUNT,
          BLOB_HASH_VERSION,
          BLOB_CREATES ->
          RpcException.SERVER;
    };
  }

  private void add(Done call) {
    gasUsed += call.outcome().gasUsed();
    gasLeft -= call.outcome().gasUsed();
    List<Log> logs = call.outcome().logs();
    done.add(call);
    receipts.add(
        new Receipt(
            call.transaction().type(),
            null,
            call.outcome().result().success(),
            gasUsed,
            Bloom.of(logs),
            logs));
  }

  /** The transaction that the call would be; its signature is zero, and so is no one's. */
  private Transaction transaction(Call call, long nonce) {
    int type =
        rules.atLeast(Fork.LONDON) ? Math.max(call.type(), Transaction.DYNAMIC_FEE) : call.type();
    return new Transaction(
        type,
        U256.of(context.chainId()),
        nonce,
        call.maxPriorityFee(),
        call.maxFee(),
        call.gasLimit().longValue(),
        call.to(),
        call.value(),
        call.input(),
        call.accessList(),
        call.maxBlobFee(),
        call.blobHashes(),
        new Transaction.Signature(0, U256.ZERO, U256.ZERO));
  }

  /** The block of what ran. */
  Block seal(BlockHeader header, Hash stateRoot) {
    List<Transaction> transactions = done.stream().map(Done::transaction).toList();
    byte[] bloom = new byte[BlockHeader.BLOOM_BYTES];
    receipts.forEach(receipt -> Bloom.merge(bloom, receipt.bloom()));
    return new Block(
        new BlockHeader(
            header.parentHash(),
            header.unclesHash(),
            header.coinbase(),
            stateRoot,
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
            header.withdrawalsRoot(),
            header.blobGasUsed(),
            header.excessBlobGas(),
            header.parentBeaconRoot()),
        transactions,
        List.of(),
        header.withdrawalsRoot() == null ? null : List.of());
  }

  /** The block with what its calls gave. */
  ObjectNode json(Block block) {
    ObjectNode json = BlockJson.of(block, options.full(), null);
    if (options.full()) {
      for (int i = 0; i < done.size(); i++) {
        if (json.path("transactions").path(i) instanceof ObjectNode transaction) {
          transaction.set("from", Quantity.of(done.get(i).sender()));
        }
      }
    }
    ArrayNode calls = json.putArray("calls");
    int logIndex = 0;
    for (int i = 0; i < done.size(); i++) {
      logIndex = result(calls.addObject(), block, i, logIndex);
    }
    return json;
  }

  private int result(ObjectNode json, Block block, int index, int firstLog) {
    Done call = done.get(index);
    Result result = call.outcome().result();
    json.set("returnData", Quantity.of(result.output()));
    ArrayNode logs = json.putArray("logs");
    int logIndex = firstLog;
    if (result.success()) {
      Hash hash = block.hash();
      for (Log log : call.logs()) {
        logs.add(
            ReceiptJson.log(
                log,
                new ReceiptJson.LogPlace(
                    block.header(), hash, call.transaction().hash(), index, logIndex++),
                false));
      }
    }
    json.set("gasUsed", Quantity.of(call.outcome().gasUsed()));
    json.set("maxUsedGas", Quantity.of(call.outcome().gasUsed() + call.outcome().gasRefunded()));
    json.set("status", Quantity.of(result.success() ? 1 : 0));
    if (!result.success()) {
      RpcException failure = CallFailure.of(result);
      ObjectNode error = json.putObject("error");
      error.put("message", failure.getMessage());
      error.put("code", failure.code() == RpcException.REVERTED ? failure.code() : FAILED);
      @Nullable String data = failure.data();
      if (data != null) {
        error.put("data", data);
      }
    }
    return logIndex;
  }
}
