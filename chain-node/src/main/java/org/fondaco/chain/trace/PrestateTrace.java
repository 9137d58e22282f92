package org.fondaco.chain.trace;

import java.util.Map;
import java.util.TreeMap;
import org.fondaco.chain.evm.Evm;
import org.fondaco.chain.evm.Message;
import org.fondaco.chain.state.Code;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.transition.Call;
import org.fondaco.chain.transition.Outcome;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Geth's {@code prestateTracer}: every account and slot that the transaction looked at, as they
 * were before; with {@code diffMode} what changed, before and after.
 */
final class PrestateTrace implements TransactionTrace {
  private final WorldState state;
  private final Address coinbase;
  private final boolean diff;
  private final boolean codeWanted;
  private final boolean storageWanted;
  private final Map<Address, Seen> accounts = new TreeMap<>();

  /** An account when it was looked at first. */
  private record Seen(
      boolean existed, U256 balance, long nonce, Code code, Map<U256, U256> slots) {}

  PrestateTrace(TraceOptions options, WorldState state, Address coinbase) {
    this.state = state;
    this.coinbase = coinbase;
    diff = options.flag("diffMode");
    codeWanted = !options.flag("disableCode");
    storageWanted = !options.flag("disableStorage");
  }

  @Override
  public void begin(Call call) {
    Address to = call.to();
    see(call.sender());
    see(to == null ? Evm.contractAddress(call.sender(), state.nonce(call.sender())) : to);
    see(coinbase);
  }

  @Override
  public void enter(Message message, int depth) {
    see(message.self());
    see(message.codeAddress());
  }

  @Override
  public void step(Step step) {
    switch (step.operation()) {
      case 0x54, 0x55 -> { // SLOAD, SSTORE
        if (step.stackSize() > 0) {
          see(step.message().self(), step.stack(0));
        }
      }
      case 0x31, 0x3b, 0x3c, 0x3f, 0xff -> { // BALANCE, EXTCODE…, SELFDESTRUCT
        if (step.stackSize() > 0) {
          see(step.stack(0).toAddress());
        }
      }
      default -> {}
    }
  }

  private Seen see(Address address) {
    return accounts.computeIfAbsent(
        address,
        _ ->
            new Seen(
                state.exists(address),
                state.balance(address),
                state.nonce(address),
                state.code(address),
                new TreeMap<>()));
  }

  private void see(Address address, U256 slot) {
    see(address).slots.computeIfAbsent(slot, _ -> state.storage(address, slot));
  }

  @Override
  public JsonNode result(Outcome.Executed outcome) {
    return diff ? difference() : before();
  }

  private ObjectNode before() {
    ObjectNode result = object();
    accounts.forEach((address, seen) -> {
      ObjectNode node = result.putObject(address.toString());
      node.put("balance", seen.balance.toString());
      if (codeWanted && !seen.code.isEmpty()) {
        node.put("code", Hex.encode(seen.code.toBytes()));
      }
      putNonce(node, seen.nonce);
      if (storageWanted) {
        putSlots(node, seen.slots);
      }
    });
    return result;
  }

  private ObjectNode difference() {
    ObjectNode pre = object();
    ObjectNode post = object();
    accounts.forEach((address, seen) -> {
      ObjectNode before = object();
      ObjectNode after = object();
      boolean exists = state.exists(address);
      if (compare(address, seen, exists, before, after) || exists != seen.existed) {
        if (seen.existed) {
          pre.set(address.toString(), before);
        }
        if (exists) {
          post.set(address.toString(), after);
        }
      }
    });
    ObjectNode result = object();
    result.set("post", post);
    result.set("pre", pre);
    return result;
  }

  /** Whether the account changed; {@code before} is whole but for slots that stayed. */
  private boolean compare(
      Address address, Seen seen, boolean exists, ObjectNode before, ObjectNode after) {
    U256 balance = state.balance(address);
    boolean balanceChanged = !balance.equals(seen.balance);
    before.put("balance", seen.balance.toString());
    if (balanceChanged) {
      after.put("balance", balance.toString());
    }
    Code code = state.code(address);
    boolean codeChanged = !code.hash().equals(seen.code.hash());
    if (codeWanted) {
      if (!seen.code.isEmpty()) {
        before.put("code", Hex.encode(seen.code.toBytes()));
      }
      if (codeChanged) {
        after.put("code", Hex.encode(code.toBytes()));
      }
    }
    boolean nonceChanged = state.nonce(address) != seen.nonce;
    putNonce(before, seen.nonce);
    if (nonceChanged) {
      putNonce(after, state.nonce(address));
    }
    boolean slotsChanged = storageWanted && compareSlots(address, seen, exists, before, after);
    return balanceChanged || codeChanged || nonceChanged || slotsChanged;
  }

  private boolean compareSlots(
      Address address, Seen seen, boolean exists, ObjectNode before, ObjectNode after) {
    Map<U256, U256> old = new TreeMap<>();
    Map<U256, U256> fresh = new TreeMap<>();
    seen.slots.forEach((slot, value) -> {
      U256 now = exists ? state.storage(address, slot) : U256.ZERO;
      if (!now.equals(value)) {
        old.put(slot, value);
        fresh.put(slot, now);
      }
    });
    boolean changed = !old.isEmpty();
    old.values().removeIf(U256::isZero);
    fresh.values().removeIf(U256::isZero);
    putSlots(before, old);
    putSlots(after, fresh);
    return changed;
  }

  private static void putNonce(ObjectNode node, long nonce) {
    if (nonce != 0) {
      node.put("nonce", U256.ofLimbs(nonce, 0, 0, 0).toBigInteger());
    }
  }

  private static void putSlots(ObjectNode node, Map<U256, U256> slots) {
    if (!slots.isEmpty()) {
      ObjectNode storage = node.putObject("storage");
      slots.forEach((slot, value) ->
          storage.put(Hex.encode(slot.toBytes32()), Hex.encode(value.toBytes32())));
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
