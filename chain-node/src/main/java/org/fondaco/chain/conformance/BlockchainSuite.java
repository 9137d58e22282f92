package org.fondaco.chain.conformance;

import org.fondaco.chain.block.Block;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.blockchain.Blockchain.Insertion;
import org.fondaco.chain.blockchain.Chains;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.genesis.Genesis;
import org.fondaco.chain.rlp.RlpException;
import org.fondaco.chain.seal.HeaderOnly;
import org.fondaco.chain.seal.SealEngine;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Blockchain tests: blocks, good and bad, inserted one after another; checked by what is refused,
 * by the head and by the head's state.
 */
public final class BlockchainSuite implements Suite {
  private final String name;
  private final String zip;

  public BlockchainSuite(String name, String zip) {
    this.name = name;
    this.zip = zip;
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
        "BlockchainTests/",
        (file, json) ->
            json.properties()
                .forEach(test -> runTest(file + ":" + test.getKey(), test.getValue(), listener)));
  }

  private static void runTest(String test, JsonNode json, Listener listener) {
    String network = json.path("network").asString("unreadable");
    if (!listener.begin(network, test)) {
      return;
    }
    String failure;
    try {
      failure = check(json, network);
    } catch (RuntimeException e) {
      failure = "threw " + e + " at " + e.getStackTrace()[0];
    }
    if (failure == null) {
      listener.passed(network, test);
    } else {
      listener.failed(network, test, failure);
    }
  }

  /** What is wrong, or null. */
  private static @Nullable String check(JsonNode json, String network) {
    ObjectNode config = Networks.config(network);
    ObjectNode first = ((ObjectNode) json.required("genesisBlockHeader")).deepCopy();
    first.set("config", config);
    first.set("alloc", json.required("pre"));
    Genesis genesis = Genesis.read(first);
    ChainConfig rules = ChainConfig.read(config);
    boolean proof = !json.path("sealEngine").asString("Ethash").equals("NoProof");
    SealEngine engine = proof ? new SealedWithEthash(rules) : new HeaderOnly(rules);
    try (Blockchain chain = Chains.inMemory(genesis, engine)) {
      Hash expected = Hash.parse(first.required("hash").asString());
      if (!chain.genesis().hash().equals(expected)) {
        return "genesis " + chain.genesis() + ", expected " + expected;
      }
      int index = 0;
      for (JsonNode each : json.required("blocks")) {
        String wrong = insert(chain, each);
        if (wrong != null) {
          return "block " + index + ": " + wrong;
        }
        index++;
      }
      return checkHead(chain, json);
    }
  }

  /** A block without a header beside it is one to refuse. */
  private static @Nullable String insert(Blockchain chain, JsonNode json) {
    JsonNode header = json.path("blockHeader");
    Block block;
    try {
      block = Block.decode(Hex.decode(json.required("rlp").asString()));
    } catch (RlpException | IllegalArgumentException e) {
      return header.isMissingNode() ? null : "unreadable: " + e.getMessage();
    }
    boolean taken =
        switch (chain.insert(block)) {
          case Insertion.Head _, Insertion.Side _, Insertion.Known _ -> true;
          case Insertion.UnknownParent _, Insertion.Invalid _ -> false;
        };
    if (taken == header.isMissingNode()) {
      return taken ? "not refused" : "refused: " + chain.insert(block);
    }
    return !taken || block.hash().equals(Hash.parse(header.required("hash").asString()))
        ? null
        : "hash " + block.hash();
  }

  private static @Nullable String checkHead(Blockchain chain, JsonNode json) {
    Hash expected = Hash.parse(json.required("lastblockhash").asString());
    if (!chain.head().hash().equals(expected)) {
      return "head " + chain.head().hash() + ", expected " + expected;
    }
    JsonNode postState = json.path("postState");
    Hash root =
        postState.isObject()
            ? TestState.accounts(postState).root()
            : Hash.parse(json.required("postStateHash").asString());
    return chain.head().stateRoot().equals(root) ? null : "state is not that of the test";
  }
}
