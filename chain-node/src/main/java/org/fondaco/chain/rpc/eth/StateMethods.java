package org.fondaco.chain.rpc.eth;

import java.util.List;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.rlp.Rlp;
import org.fondaco.chain.rlp.RlpItem;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.eth.BlockViews.View;
import org.fondaco.chain.rpc.json.Quantity;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.trie.MissingNodeException;
import org.fondaco.chain.trie.Trie;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Accounts and storage after a block, and proofs of both. */
final class StateMethods {
  private static final int PROOF_KEYS_MAX = 1_024;
  private static final Hash NO_CODE = Keccak.hash(new byte[0]);

  private final Blockchain chain;
  private final BlockViews views;
  private final TransactionPool pool;

  StateMethods(Blockchain chain, BlockViews views, TransactionPool pool) {
    this.chain = chain;
    this.views = views;
    this.pool = pool;
  }

  void register(Methods methods) {
    methods.add(
        "eth_getBalance",
        (parameters, caller) ->
            read(parameters, 1, state -> Quantity.of(state.balance(parameters.address(0)))));
    methods.add(
        "eth_getCode",
        (parameters, caller) ->
            read(parameters, 1, state -> Quantity.of(state.code(parameters.address(0)).toBytes())));
    methods.add("eth_getTransactionCount", (parameters, caller) -> nonce(parameters));
    methods.add(
        "eth_getStorageAt",
        (parameters, caller) -> {
          Address address = parameters.address(0);
          U256 key = slot(parameters.required(1)).word();
          return read(parameters, 2, state -> Quantity.of(state.storage(address, key).toBytes32()));
        });
    methods.add("eth_getProof", (parameters, caller) -> proof(parameters));
  }

  private interface Reading {
    JsonNode of(WorldState state) throws RpcException;
  }

  private JsonNode read(Parameters parameters, int blockIndex, Reading reading)
      throws RpcException {
    parameters.atMost(blockIndex + 1);
    View view = views.view(parameters, blockIndex);
    try {
      return reading.of(views.state(view));
    } catch (MissingNodeException e) {
      throw BlockViews.missing(view.header());
    }
  }

  private JsonNode nonce(Parameters parameters) throws RpcException {
    Address address = parameters.address(0);
    JsonNode block = parameters.optional(1);
    // The pool knows more than the block that would be mined: what no longer fits in it.
    if (block != null && block.isString() && block.stringValue().equals("pending")) {
      parameters.atMost(2);
      return Quantity.of(pool.nonce(address));
    }
    return read(parameters, 1, state -> Quantity.of(state.nonce(address)));
  }

  /**
   * A storage key.
   *
   * @param whole whether it was given with all 32 bytes, and is given back so
   */
  private record Slot(U256 word, boolean whole) {}

  /** Geth takes keys with and without prefix, of any length up to 32 bytes, also half bytes. */
  private static Slot slot(JsonNode node) throws RpcException {
    if (!node.isString()) {
      throw RpcException.invalidParams("unable to decode storage key: not a string");
    }
    String text = node.stringValue();
    String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
    if (digits.length() % 2 != 0) {
      digits = "0" + digits;
    }
    if (digits.length() > 2 * Hash.BYTES) {
      throw RpcException.invalidParams(
          "unable to decode storage key: hex string too long, want at most 32 bytes");
    }
    try {
      return new Slot(U256.fromBytes(Hex.decode("0x" + digits)), digits.length() == 2 * Hash.BYTES);
    } catch (IllegalArgumentException e) {
      throw RpcException.invalidParams("unable to decode storage key: hex string invalid");
    }
  }

  /** EIP-1186. */
  private JsonNode proof(Parameters parameters) throws RpcException {
    parameters.atMost(3);
    Address address = parameters.address(0);
    JsonNode keys = parameters.required(1);
    if (!keys.isArray()) {
      throw RpcException.invalidParams("invalid argument 1: not an array");
    }
    if (keys.size() > PROOF_KEYS_MAX) {
      throw RpcException.invalidParams("too many keys, want at most " + PROOF_KEYS_MAX);
    }
    View view = views.view(parameters, 2);
    if (view.pending() != null) {
      throw RpcException.server("the pending block has no state root yet that could prove");
    }
    try {
      return proof(address, keys, view.header().stateRoot());
    } catch (MissingNodeException e) {
      throw BlockViews.missing(view.header());
    }
  }

  private JsonNode proof(Address address, JsonNode keys, Hash stateRoot) throws RpcException {
    Trie accounts = Trie.secure(chain.nodes(), stateRoot);
    byte[] encoded = accounts.get(address.toBytes());
    RlpItem.Items account = encoded == null ? null : Rlp.decode(encoded).asList();
    Hash storageRoot =
        account == null ? Trie.EMPTY_ROOT : Hash.of(account.at(2).asBytes(Hash.BYTES));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("address", Quantity.of(address));
    json.set("accountProof", nodes(accounts.prove(address.toBytes())));
    json.set("balance", Quantity.of(account == null ? U256.ZERO : account.at(1).asWord()));
    json.set(
        "codeHash",
        Quantity.of(account == null ? NO_CODE : Hash.of(account.at(3).asBytes(Hash.BYTES))));
    json.set("nonce", Quantity.of(account == null ? U256.ZERO : account.at(0).asWord()));
    json.set("storageHash", Quantity.of(storageRoot));
    ArrayNode storage = json.putArray("storageProof");
    Trie slots = Trie.secure(chain.nodes(), storageRoot);
    for (JsonNode key : keys) {
      storage.add(slotProof(slots, slot(key), storageRoot.equals(Trie.EMPTY_ROOT)));
    }
    return json;
  }

  private static ObjectNode slotProof(Trie slots, Slot slot, boolean empty) {
    byte[] key = slot.word().toBytes32();
    byte[] value = empty ? null : slots.get(key);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("key", slot.whole() ? Quantity.of(key) : Quantity.of(slot.word()));
    json.set("value", Quantity.of(value == null ? U256.ZERO : Rlp.decode(value).asWord()));
    json.set("proof", nodes(empty ? List.of() : slots.prove(key)));
    return json;
  }

  private static ArrayNode nodes(List<byte[]> proof) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    proof.forEach(node -> array.add(Quantity.of(node)));
    return array;
  }
}
