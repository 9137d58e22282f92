package org.fondaco.chain.conformance;

import static org.fondaco.chain.conformance.TestState.word;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fondaco.chain.crypto.Secp256k1;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.state.Log;
import org.fondaco.chain.state.MemoryState;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.transition.Call;
import org.fondaco.chain.transition.Outcome;
import org.fondaco.chain.transition.Transition;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * General state tests: one transaction on a given state, checked by the state's root and the logs'
 * hash.
 */
public final class StateSuite implements Suite {
  private final String name;
  private final String zip;
  private final String part;

  /**
   * Tests of one zip.
   *
   * @param part what the names of the files must contain
   */
  public StateSuite(String name, String zip, String part) {
    this.name = name;
    this.zip = zip;
    this.part = part;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String zip() {
    return zip;
  }

  @Override
  public void run(Vectors vectors, Listener listener) {
    vectors.eachJsonAtOnce(
        zip,
        part,
        (file, json) ->
            json.properties()
                .forEach(test -> runTest(file + ":" + test.getKey(), test.getValue(), listener)));
  }

  /** What cannot be read, as of a fork that there is not, has failed. */
  private static void runTest(String test, JsonNode json, Listener listener) {
    MemoryState pre;
    try {
      pre = TestState.accounts(json.required("pre"));
    } catch (RuntimeException e) {
      listener.failed("unreadable", test, e.toString());
      return;
    }
    if (json.path("post").isEmpty()) {
      listener.failed("unreadable", test, "no fork with a case");
    }
    for (Map.Entry<String, JsonNode> post : json.path("post").properties()) {
      int index = 0;
      for (JsonNode expected : post.getValue()) {
        String id = test + "[" + index++ + "]";
        if (!listener.begin(post.getKey(), id)) {
          continue;
        }
        String failure;
        try {
          failure = check(json, pre, Forks.named(post.getKey()), expected);
        } catch (RuntimeException e) {
          failure = "threw " + e + " at " + e.getStackTrace()[0];
        }
        if (failure == null) {
          listener.passed(post.getKey(), id);
        } else {
          listener.failed(post.getKey(), id, failure);
        }
      }
    }
  }

  /** What is wrong, or null. */
  private static @Nullable String check(
      JsonNode json, MemoryState pre, Fork fork, JsonNode expected) {
    BlockContext block = TestState.block(json.get("env"), fork.atLeast(Fork.PARIS));
    WorldState state = new WorldState(pre);
    Call call = call(json.get("transaction"), expected.get("indexes"));
    Outcome outcome =
        call == null
            ? null
            : new Transition(Rules.of(fork), state, block)
                .apply(call, block.gasLimit().saturatedLong());
    // The reward of the block is zero here, but it touches the account that it goes to.
    state.touch(block.coinbase());
    state.endTransaction(fork.atLeast(Fork.SPURIOUS_DRAGON));
    MemoryState post = pre.copy();
    state.writeTo(post);

    boolean refused = !(outcome instanceof Outcome.Executed);
    boolean refusalExpected = expected.has("expectException");
    if (refused != refusalExpected) {
      return refused ? "refused: " + outcome : "not refused: " + expected.get("expectException");
    }
    List<Log> logs = outcome instanceof Outcome.Executed executed ? executed.logs() : List.of();
    Hash logsHash = WorldState.hashOf(logs);
    if (!logsHash.equals(Hash.parse(expected.get("logs").asString()))) {
      return "logs " + logsHash + ", " + outcome;
    }
    Hash root = post.root();
    Hash expectedRoot = Hash.parse(expected.get("hash").asString());
    return root.equals(expectedRoot) ? null : "root " + root + ", expected " + expectedRoot;
  }

  /** The transaction that the indexes choose; null if a number in it has more than 256 bits. */
  private static @Nullable Call call(JsonNode json, JsonNode indexes) {
    int data = indexes.get("data").asInt();
    String value = json.get("value").get(indexes.get("value").asInt()).asString();
    if (value.startsWith("0x:bigint")) {
      return null;
    }
    boolean dynamic = json.has("maxFeePerGas");
    JsonNode access = json.has("accessLists") ? json.get("accessLists").get(data) : null;
    boolean blobs = json.has("blobVersionedHashes");
    List<Hash> hashes = new ArrayList<>();
    if (blobs) {
      json.get("blobVersionedHashes").forEach(hash -> hashes.add(Hash.parse(hash.asString())));
    }
    String to = json.get("to").asString();
    return new Call(
        type(blobs, dynamic, access),
        sender(json),
        word(json, "nonce").longValue(),
        U256.parse(json.get("gasLimit").get(indexes.get("gas").asInt()).asString()),
        to.isEmpty() ? null : Address.parse(to),
        U256.parse(value),
        Hex.decode(json.get("data").get(data).asString()),
        word(json, dynamic ? "maxFeePerGas" : "gasPrice"),
        word(json, dynamic ? "maxPriorityFeePerGas" : "gasPrice"),
        accessList(access),
        json.has("maxFeePerBlobGas") ? word(json, "maxFeePerBlobGas") : U256.ZERO,
        hashes);
  }

  private static int type(boolean blobs, boolean dynamic, @Nullable JsonNode access) {
    if (blobs) {
      return 3;
    }
    if (dynamic) {
      return 2;
    }
    return access == null || access.isNull() ? 0 : 1;
  }

  private static Address sender(JsonNode json) {
    return json.has("sender")
        ? Address.parse(json.get("sender").asString())
        : Secp256k1.addressOf(word(json, "secretKey").toBytes32());
  }

  private static List<Transaction.Access> accessList(@Nullable JsonNode json) {
    List<Transaction.Access> list = new ArrayList<>();
    if (json != null) {
      for (JsonNode entry : json) {
        List<Hash> keys = new ArrayList<>();
        entry.get("storageKeys").forEach(key -> keys.add(U256.parse(key.asString()).toHash()));
        list.add(new Transaction.Access(Address.parse(entry.get("address").asString()), keys));
      }
    }
    return list;
  }
}
