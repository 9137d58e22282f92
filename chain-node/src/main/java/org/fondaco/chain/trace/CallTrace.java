package org.fondaco.chain.trace;

import java.util.ArrayDeque;
import java.util.Deque;
import org.fondaco.chain.abi.RevertReason;
import org.fondaco.chain.evm.Message;
import org.fondaco.chain.evm.Result;
import org.fondaco.chain.state.Log;
import org.fondaco.chain.transition.Call;
import org.fondaco.chain.transition.Outcome;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Geth's {@code callTracer}: the tree of calls and creations. */
final class CallTrace implements TransactionTrace {
  private static final int ENTRY_BYTES = 1_500;

  private final boolean withLogs;
  private final boolean onlyTop;
  private final Deque<Open> frames = new ArrayDeque<>();
  private ObjectNode root = JsonNodeFactory.instance.objectNode();
  private U256 gasLimit = U256.ZERO;
  private final Budget budget;

  /** A call that has not ended. Fields in the order in which geth writes them. */
  private static final class Open {
    final Message message;
    final ObjectNode head = JsonNodeFactory.instance.objectNode();
    final ArrayNode calls = JsonNodeFactory.instance.arrayNode();
    final ArrayNode logs = JsonNodeFactory.instance.arrayNode();

    Open(Message message) {
      this.message = message;
    }
  }

  CallTrace(TraceOptions options, Budget budget) {
    this.budget = budget;
    withLogs = options.flag("withLog");
    onlyTop = options.flag("onlyTopCall");
  }

  @Override
  public boolean wantsSteps() {
    return false;
  }

  @Override
  public void begin(Call call) {
    gasLimit = call.gasLimit();
  }

  @Override
  public void enter(Message message, int depth) {
    if (onlyTop && depth > 0) {
      return;
    }
    budget.take(ENTRY_BYTES + 2L * message.input().length);
    frames.push(new Open(message));
  }

  @Override
  public void exit(Result result, int depth) {
    if (onlyTop && depth > 0) {
      return;
    }
    Open frame = frames.pop();
    budget.take(2L * result.output().length);
    ObjectNode node = node(frame, result, depth);
    Open parent = frames.peek();
    if (parent == null) {
      root = node;
    } else {
      parent.calls.add(node);
    }
  }

  private ObjectNode node(Open frame, Result result, int depth) {
    Message message = frame.message;
    ObjectNode node = frame.head;
    node.put("from", from(message).toString());
    node.put("gas", depth == 0 ? gasLimit.toString() : quantity(message.gas()));
    node.put("gasUsed", quantity(message.gas() - result.gasLeft()));
    if (!message.kind().creates()) {
      node.put("to", message.codeAddress().toString());
    } else if (result.success()) {
      node.put("to", message.self().toString());
    }
    node.put("input", Hex.encode(message.input()));
    String error = TransactionTrace.error(result);
    if (result.output().length > 0) {
      node.put("output", Hex.encode(result.output()));
    }
    if (error != null) {
      node.put("error", error);
      String reason = RevertReason.of(result.output());
      if (reason != null) {
        node.put("revertReason", reason);
      }
      forgetLogs(frame);
    }
    if (!frame.calls.isEmpty()) {
      node.set("calls", frame.calls);
    }
    if (!frame.logs.isEmpty()) {
      node.set("logs", frame.logs);
    }
    if (message.kind() != Message.Kind.STATICCALL) {
      node.put("value", message.value().toString());
    }
    node.put("type", message.kind().name());
    return node;
  }

  /** Who called: of a delegate call the contract that delegates, though its caller is passed on. */
  private static Address from(Message message) {
    return message.kind() == Message.Kind.DELEGATECALL ? message.self() : message.caller();
  }

  /** What failed left no log, nor did what it called. */
  private static void forgetLogs(Open frame) {
    frame.logs.removeAll();
    Deque<JsonNode> calls = new ArrayDeque<>();
    frame.calls.forEach(calls::push);
    while (!calls.isEmpty()) {
      ObjectNode call = (ObjectNode) calls.pop();
      call.remove("logs");
      call.path("calls").forEach(calls::push);
    }
  }

  @Override
  public void log(Log log, int depth) {
    if (!withLogs || onlyTop && depth > 0) {
      return;
    }
    budget.take(ENTRY_BYTES + 2L * log.data().length);
    Open frame = frames.getFirst();
    ObjectNode node = frame.logs.addObject();
    node.put("address", log.address().toString());
    ArrayNode topics = node.putArray("topics");
    log.topics().forEach(topic -> topics.add(Hex.encode(topic.toBytes32())));
    node.put("data", Hex.encode(log.data()));
    node.put("position", quantity(frame.calls.size()));
  }

  @Override
  public void selfDestruct(Address contract, Address heir, U256 balance, int depth) {
    if (onlyTop) {
      return;
    }
    budget.take(ENTRY_BYTES);
    ObjectNode node = frames.getFirst().calls.addObject();
    node.put("from", contract.toString());
    node.put("gas", "0x0");
    node.put("gasUsed", "0x0");
    node.put("to", heir.toString());
    node.put("input", "0x");
    node.put("value", balance.toString());
    node.put("type", "SELFDESTRUCT");
  }

  private static String quantity(long number) {
    return "0x" + Long.toHexString(number);
  }

  @Override
  public JsonNode result(Outcome.Executed outcome) {
    root.put("gasUsed", quantity(outcome.gasUsed()));
    return root;
  }
}
