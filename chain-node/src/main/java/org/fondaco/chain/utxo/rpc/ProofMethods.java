package org.fondaco.chain.utxo.rpc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.block.MerkleProof;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.utxo.wire.WireException;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.StringNode;

/** Shows that transactions are in blocks. */
final class ProofMethods {
  private final UtxoChain chain;

  ProofMethods(UtxoChain chain) {
    this.chain = chain;
  }

  void addTo(CoreMethods methods) {
    methods.add(
        "Blockchain",
        "gettxoutproof",
        "[\"txids\"] ( \"blockhash\" )",
        "Returns a hex-encoded proof that txids were included in a block.",
        this::prove);
    methods.add(
        "Blockchain",
        "verifytxoutproof",
        "\"proof\"",
        "Verifies that a proof points to a transaction in a block, returning the transaction it"
            + " commits to; an error if the block is not in our best chain.",
        arguments -> verify(arguments.bytes(0, "proof")));
  }

  private JsonNode prove(Arguments arguments) throws CoreException {
    Set<Hash> asked = new HashSet<>();
    for (JsonNode each : arguments.json(0)) {
      if (!asked.add(Arguments.hash(each.asString(""), "txid"))) {
        throw CoreException.parameter("Invalid parameter, duplicated txid: " + each.asString(""));
      }
    }
    if (asked.isEmpty()) {
      throw CoreException.parameter("Parameter 'txids' cannot be empty");
    }
    Block block = block(arguments, asked);
    List<Integer> shown = new ArrayList<>();
    for (int i = 0; i < block.transactions().size(); i++) {
      if (asked.contains(block.transactions().get(i).txid())) {
        shown.add(i);
      }
    }
    if (shown.size() != asked.size()) {
      throw new CoreException(
          CoreException.INVALID_ADDRESS_OR_KEY,
          "Not all transactions found in specified or retrieved block");
    }
    return StringNode.valueOf(CoreJson.hex(MerkleProof.of(block, shown).encode()));
  }

  private Block block(Arguments arguments, Set<Hash> asked) throws CoreException {
    Hash hash = arguments.has(1) ? arguments.hash(1, "blockhash") : place(asked);
    Block block = hash == null ? null : chain.block(hash);
    if (block == null) {
      throw new CoreException(
          CoreException.INVALID_ADDRESS_OR_KEY,
          arguments.has(1) ? "Block not found" : "Transaction not yet in block");
    }
    return block;
  }

  private @Nullable Hash place(Set<Hash> asked) {
    for (Hash txid : asked) {
      UtxoChain.Place place = chain.place(txid);
      if (place != null) {
        return place.block();
      }
    }
    return null;
  }

  private JsonNode verify(byte[] bytes) throws CoreException {
    MerkleProof proof;
    MerkleProof.Shown shown;
    try {
      proof = MerkleProof.decode(bytes);
      shown = proof.shown();
    } catch (WireException e) {
      return CoreJson.array();
    }
    ArrayNode txids = CoreJson.array();
    if (!shown.root().equals(proof.header().merkleRoot())) {
      return txids;
    }
    BlockEntry entry = chain.entry(proof.header().hash());
    if (entry == null || !chain.isOnChain(entry) || !entry.hasBlock()) {
      throw new CoreException(CoreException.INVALID_ADDRESS_OR_KEY, "Block not found in chain");
    }
    if (entry.transactionCount() == proof.transactions()) {
      shown.matches().forEach(each -> txids.add(Reversed.text(each)));
    }
    return txids;
  }
}
