package org.fondaco.chain.rpc.eth;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.rlp.Rlp;
import org.fondaco.chain.rlp.RlpItem;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.trie.TrieProof;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Accounts and storage at every way to name a block, and proofs that hold. */
class StateMethodsTest {
  private Rig rig;
  private Block first;

  @BeforeEach
  void start() throws IOException, RpcException {
    rig = new Rig();
    rig.ask("eth_sendRawTransaction", "\"" + Hex.encode(Rig.transfer(0).encode()) + "\"");
    first = rig.seal();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private String nonceAt(String block) throws RpcException {
    return rig.text("eth_getTransactionCount", "\"" + Rig.OWNER + "\", " + block);
  }

  @Test
  void blocksHaveManyNames() throws RpcException {
    Block side = rig.insert(rig.build(rig.chain.genesis(), List.of(), "side").block());
    Hash genesis = rig.chain.genesis().hash();
    assertThat(nonceAt("\"latest\"")).isEqualTo("0x1");
    assertThat(nonceAt("null")).isEqualTo("0x1");
    assertThat(rig.text("eth_getTransactionCount", "\"" + Rig.OWNER + "\"")).isEqualTo("0x1");
    assertThat(nonceAt("\"earliest\"")).isEqualTo("0x0");
    assertThat(nonceAt("\"safe\"")).isEqualTo("0x1");
    assertThat(nonceAt("\"finalized\"")).isEqualTo("0x1");
    assertThat(nonceAt("\"0x0\"")).isEqualTo("0x0");
    assertThat(nonceAt("\"" + first.hash() + "\"")).isEqualTo("0x1");
    assertThat(nonceAt("{\"blockNumber\": \"0x0\"}")).isEqualTo("0x0");
    assertThat(nonceAt("{\"blockHash\": \"" + genesis + "\"}")).isEqualTo("0x0");
    assertThat(nonceAt("{\"blockHash\": \"" + side.hash() + "\"}")).isEqualTo("0x0");
    assertThat(nonceAt("{\"blockHash\": \"" + first.hash() + "\", \"requireCanonical\": true}"))
        .isEqualTo("0x1");
    assertThatThrownBy(
            () -> nonceAt("{\"blockHash\": \"" + side.hash() + "\", \"requireCanonical\": true}"))
        .hasMessage("hash is not currently canonical");
    assertThatThrownBy(() -> nonceAt("\"0x9\"")).hasMessage("header not found");
    assertThatThrownBy(() -> nonceAt("{\"blockHash\": \"0x" + "1".repeat(64) + "\"}"))
        .hasMessage("header for hash not found");
    assertThatThrownBy(() -> nonceAt("{}")).isInstanceOf(RpcException.class);
    assertThatThrownBy(
            () -> nonceAt("{\"blockNumber\": \"0x0\", \"blockHash\": \"" + genesis + "\"}"))
        .hasMessageContaining("choose one or the other");
  }

  @Test
  void readsStorageByKeysOfAnyLength() throws RpcException {
    String word = "0x" + "0".repeat(62) + "2a";
    for (String key : new String[] {"0x1", "0x01", "0x" + "0".repeat(63) + "1", "1"}) {
      assertThat(rig.text("eth_getStorageAt", "\"" + Rig.READER + "\", \"" + key + "\""))
          .isEqualTo(word);
    }
    assertThat(rig.text("eth_getStorageAt", "\"" + Rig.READER + "\", \"0x2\", \"latest\""))
        .isEqualTo("0x" + "0".repeat(64));
    assertThatThrownBy(() ->
            rig.ask("eth_getStorageAt", "\"" + Rig.READER + "\", \"0x" + "0".repeat(65) + "1\""))
        .hasMessageContaining("hex string too long, want at most 32 bytes");
    assertThatThrownBy(() -> rig.ask("eth_getStorageAt", "\"" + Rig.READER + "\", \"0xasdf\""))
        .hasMessageContaining("unable to decode storage key");
  }

  private static List<byte[]> nodes(JsonNode proof) {
    List<byte[]> nodes = new ArrayList<>();
    proof.forEach(node -> nodes.add(Hex.decode(node.asString())));
    return nodes;
  }

  @Test
  void proofsHoldAgainstTheHeader() throws RpcException {
    JsonNode proof =
        rig.get(
            "eth_getProof",
            "\"" + Rig.READER + "\", [\"0x1\", \"0x" + "0".repeat(63) + "5\"], \"latest\"");
    Address reader = Address.parse(Rig.READER);
    byte[] encoded =
        TrieProof.verify(
            rig.chain.head().stateRoot(),
            reader.toBytes(),
            nodes(proof.path("accountProof")),
            true);
    RlpItem.Items account = Rlp.decode(requireNonNull(encoded)).asList();
    assertThat(account.at(1).asWord().toString()).isEqualTo(proof.path("balance").asString());
    assertThat(Hash.of(account.at(2).asBytes()).toString())
        .isEqualTo(proof.path("storageHash").asString());
    assertThat(Hash.of(account.at(3).asBytes()).toString())
        .isEqualTo(proof.path("codeHash").asString());
    Hash storage = Hash.parse(proof.path("storageHash").asString());
    JsonNode there = proof.path("storageProof").path(0);
    assertThat(there.path("key").asString()).isEqualTo("0x1");
    assertThat(there.path("value").asString()).isEqualTo("0x2a");
    byte[] value =
        TrieProof.verify(storage, U256.ONE.toBytes32(), nodes(there.path("proof")), true);
    assertThat(Rlp.decode(requireNonNull(value)).asWord()).isEqualTo(U256.of(0x2a));
    JsonNode absent = proof.path("storageProof").path(1);
    assertThat(absent.path("key").asString()).hasSize(66);
    assertThat(absent.path("value").asString()).isEqualTo("0x0");
    assertThat(TrieProof.verify(storage, U256.of(5).toBytes32(), nodes(absent.path("proof")), true))
        .isNull();
  }

  @Test
  void anAccountThatIsNotThereIsProvenNotToBe() throws RpcException {
    Address nobody = Address.of(0xdead);
    JsonNode proof = rig.get("eth_getProof", "\"" + nobody + "\", [\"0x0\"], \"latest\"");
    assertThat(proof.path("storageProof").path(0).path("proof")).isEmpty();
    assertThat(proof.path("nonce").asString()).isEqualTo("0x0");
    assertThat(
            TrieProof.verify(
                rig.chain.head().stateRoot(),
                nobody.toBytes(),
                nodes(proof.path("accountProof")),
                true))
        .isNull();
    assertThatThrownBy(() -> rig.ask("eth_getProof", "\"" + nobody + "\", [], \"pending\""))
        .hasMessageContaining("pending");
    assertThatThrownBy(() -> rig.ask("eth_getProof", "\"" + nobody + "\", 5, \"latest\""))
        .isInstanceOf(RpcException.class);
  }

  @Test
  void feesAreToldAndRemembered() throws RpcException {
    U256 next = U256.parse(rig.text("eth_gasPrice", ""));
    U256 tip = U256.parse(rig.text("eth_maxPriorityFeePerGas", ""));
    assertThat(tip).isEqualTo(Rig.GWEI);
    assertThat(next).isEqualTo(tip.add(Rig.baseFee(rig.chain.head())));
    assertThat(rig.text("eth_blobBaseFee", "")).isEqualTo("0x1");
    JsonNode history = rig.get("eth_feeHistory", "\"0x5\", \"latest\", [10, 50.5, 90]");
    assertThat(history.path("oldestBlock").asString()).isEqualTo("0x0");
    assertThat(history.path("baseFeePerGas")).hasSize(3);
    assertThat(history.path("gasUsedRatio")).hasSize(2);
    assertThat(history.path("gasUsedRatio").path(1).doubleValue()).isEqualTo(21_000.0 / 30_000_000);
    assertThat(history.path("reward")).hasSize(2);
    assertThat(history.path("reward").path(0).path(2).asString()).isEqualTo("0x0");
    assertThat(history.path("reward").path(1).path(2).asString()).isEqualTo(Rig.GWEI.toString());
    assertThat(history.path("baseFeePerGas").path(1).asString())
        .isEqualTo(Rig.baseFee(first.header()).toString());
    assertThat(rig.get("eth_feeHistory", "1, \"latest\"").has("reward")).isFalse();
    assertThat(rig.get("eth_feeHistory", "\"0x0\", \"latest\"").path("gasUsedRatio").isNull())
        .isTrue();
    assertThatThrownBy(() -> rig.ask("eth_feeHistory", "\"0x1\", \"0x5\", []"))
        .hasMessage("request beyond head block: requested 5, head 1");
    assertThatThrownBy(() -> rig.ask("eth_feeHistory", "\"0x1\", \"latest\", [101]"))
        .hasMessageContaining("invalid reward percentile");
    assertThatThrownBy(() -> rig.ask("eth_feeHistory", "\"0x1\", \"latest\", [9, 5]"))
        .hasMessageContaining("invalid reward percentile");
  }
}
