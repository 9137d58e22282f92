package org.fondaco.chain.rpc.eth;

import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.evm.Result;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.RpcMethod;
import org.fondaco.chain.rpc.json.Quantity;
import org.fondaco.chain.transition.Call;
import org.fondaco.chain.transition.Outcome;
import org.fondaco.chain.trie.MissingNodeException;
import org.fondaco.chain.word.U256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Calls that are only tried: {@code eth_call}, {@code eth_estimateGas}, access lists. */
final class CallMethods {
  private final Blockchain chain;
  private final BlockViews views;
  private final Simulator simulator;

  CallMethods(Blockchain chain, BlockViews views, Simulator simulator) {
    this.chain = chain;
    this.views = views;
    this.simulator = simulator;
  }

  void register(Methods methods) {
    methods.add("eth_call", this::call);
    methods.add(
        "eth_estimateGas",
        (parameters, caller) -> {
          CallArguments arguments = arguments(parameters);
          Simulator.Scene scene = scene(parameters, caller);
          return Quantity.of(new GasEstimate(scene, arguments, simulator.gas(null)).search());
        });
    methods.add("eth_createAccessList", this::accessList);
    methods.add("eth_simulateV1", this::simulate);
  }

  private CallArguments arguments(Parameters parameters) throws RpcException {
    parameters.atMost(4);
    CallArguments arguments = CallArguments.read(parameters.required(0), 0);
    U256 wanted = arguments.chainId();
    U256 own = U256.of(chain.config().chainId());
    if (wanted != null && !wanted.equals(own)) {
      throw RpcException.server(
          "chainId does not match node's (have="
              + wanted.toBigInteger()
              + ", want="
              + own.toBigInteger()
              + ")");
    }
    return arguments;
  }

  private Simulator.Scene scene(Parameters parameters, RpcMethod.Caller caller)
      throws RpcException {
    return simulator.scene(views.view(parameters, 1), Overrides.read(parameters, 2), caller);
  }

  private JsonNode call(Parameters parameters, RpcMethod.Caller caller) throws RpcException {
    CallArguments arguments = arguments(parameters);
    Call call = arguments.toCall(simulator.gas(arguments.gas()));
    Simulator.Run run = scene(parameters, caller).run(call, null);
    Result result = executed(run, call).result();
    if (!result.success()) {
      throw CallFailure.of(result);
    }
    return Quantity.of(result.output());
  }

  private JsonNode simulate(Parameters parameters, RpcMethod.Caller caller) throws RpcException {
    parameters.atMost(2);
    JsonNode wanted = parameters.required(0);
    BlockViews.View view = views.view(parameters, 1);
    if (view.pending() != null) {
      throw RpcException.server("cannot simulate on the pending block, which is no block yet");
    }
    Simulation.Options options =
        new Simulation.Options(
            wanted.path("validation").asBoolean(false),
            wanted.path("traceTransfers").asBoolean(false),
            wanted.path("returnFullTransactions").asBoolean(false),
            simulator.gas(null),
            simulator.deadline(caller));
    try {
      return new Simulation(chain, view.header(), options).run(wanted.path("blockStateCalls"));
    } catch (MissingNodeException e) {
      throw BlockViews.missing(view.header());
    }
  }

  private static Outcome.Executed executed(Simulator.Run run, Call call) throws RpcException {
    return switch (run.outcome()) {
      case Outcome.Executed executed -> executed;
      case Outcome.Invalid(Outcome.Reason reason) -> throw CallFailure.of(reason, call, run);
    };
  }

  /**
   * Runs the call with the list that the run before it gave, until the list stays the same: what is
   * warm can change what a program does, by the gas it has left.
   */
  private JsonNode accessList(Parameters parameters, RpcMethod.Caller caller) throws RpcException {
    CallArguments arguments = arguments(parameters);
    Simulator.Scene scene = scene(parameters, caller);
    long gas = simulator.gas(arguments.gas());
    AccessListTracer before = new AccessListTracer(scene, arguments, arguments.accessList());
    while (true) {
      Call call = arguments.withAccessList(before.list()).toCall(gas);
      AccessListTracer tracer = new AccessListTracer(scene, arguments, before.list());
      Outcome.Executed executed = executed(scene.run(call, tracer), call);
      if (tracer.list().equals(before.list())) {
        return accessList(tracer, executed);
      }
      before = tracer;
    }
  }

  private static JsonNode accessList(AccessListTracer tracer, Outcome.Executed executed) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode list = json.putArray("accessList");
    tracer
        .list()
        .forEach(access -> {
          ObjectNode entry = list.addObject();
          entry.set("address", Quantity.of(access.address()));
          ArrayNode keys = entry.putArray("storageKeys");
          access.keys().forEach(key -> keys.add(Quantity.of(key)));
        });
    if (!executed.result().success()) {
      json.put("error", CallFailure.text(executed.result()));
    }
    json.set("gasUsed", Quantity.of(executed.gasUsed()));
    return json;
  }
}
