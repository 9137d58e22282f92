package org.fondaco.chain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fondaco.chain.account.Accounts;
import org.fondaco.chain.crypto.Checksum;
import org.fondaco.chain.keystore.Keystore;
import org.fondaco.chain.mining.MinerSettings;
import org.fondaco.chain.rpc.RpcConfig;
import org.fondaco.chain.typed.SignedText;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A whole node on a development chain, asked over HTTP. */
class NodeTest {
  private static final String STRANGER = "0x00000000000000000000000000000000000000aa";
  private static final Set<String> ALL =
      Set.of("eth", "net", "web3", "personal", "admin", "miner", "txpool", "debug", "evm");

  @TempDir Path temporary;

  private NodeFolder folder() {
    return new NodeFolder(temporary.resolve("node"));
  }

  private static NodeConfig config(NodeFolder folder, DevChain chain, boolean mine) {
    RpcConfig.Http http = new RpcConfig.Http("127.0.0.1", 0, ALL, Set.of("localhost"), Set.of());
    return new NodeConfig(
        folder,
        chain.genesis(),
        7L,
        null,
        new RpcConfig(http, null, null, RpcConfig.Limits.DEFAULT),
        new NodeConfig.Mining(
            mine, 1, chain.developer(), 0, null, new MinerSettings.Instant.OnTransaction(0)),
        false,
        30_303,
        false);
  }

  @FunctionalInterface
  private interface Use {
    void with(Node node, Client client, String developer) throws Exception;
  }

  private void run(boolean mine, Use use) throws Exception {
    try (DevChain chain = DevChain.prepare(folder());
        Node node = Node.open(config(folder(), chain, mine), chain.accounts());
        Client client = new Client(String.valueOf(node.httpUrl()))) {
      use.with(node, client, chain.developer().toString());
    }
  }

  @Test
  void aTransactionIsFilledInSignedSealedAndKeptOverARestart() throws Exception {
    run(
        true,
        (node, client, developer) -> {
          CountDownLatch sealed = new CountDownLatch(1);
          node.chain().listen((removed, added) -> sealed.countDown());
          String hash =
              client
                  .call(
                      "eth_sendTransaction",
                      Map.of("from", developer, "to", STRANGER, "value", "0x7"))
                  .asString();
          assertThat(sealed.await(30, TimeUnit.SECONDS)).isTrue();
          JsonNode transaction = client.call("eth_getTransactionByHash", hash);
          assertThat(transaction.path("type").asString()).isEqualTo("0x2");
          assertThat(transaction.path("gas").asString()).isEqualTo("0x5208");
          assertThat(transaction.path("nonce").asString()).isEqualTo("0x0");
        });
    run(
        true,
        (node, client, developer) -> {
          assertThat(client.call("eth_getBalance", STRANGER, "latest").asString()).isEqualTo("0x7");
          assertThat(client.call("eth_getTransactionCount", developer, "latest").asString())
              .isEqualTo("0x1");
        });
  }

  @Test
  void thePoolIsShownAsGethShowsIt() throws Exception {
    run(
        false,
        (node, client, developer) -> {
          for (String nonce : new String[] {"0x0", "0x2"}) {
            client.call(
                "eth_sendTransaction",
                Map.of(
                    "from",
                    developer,
                    "to",
                    STRANGER,
                    "value",
                    "0x7",
                    "nonce",
                    nonce,
                    "gas",
                    "0x5208",
                    "gasPrice",
                    "0x77359400"));
          }
          String key = Checksum.of(Address.parse(developer));
          assertThat(client.call("txpool_status"))
              .hasToString("{\"pending\":\"0x1\",\"queued\":\"0x1\"}");
          assertThat(client.call("txpool_inspect").path("pending").path(key).path("0").asString())
              .isEqualTo(
                  Checksum.of(Address.parse(STRANGER)) + ": 7 wei + 21000 gas × 2000000000 wei");
          JsonNode content = client.call("txpool_content");
          assertThat(content.path("queued").path(key).path("2").path("from").asString())
              .isEqualTo(developer);
          assertThat(content.path("queued").path(key).path("2").path("blockHash").isNull())
              .isTrue();
          assertThat(client.call("txpool_contentFrom", developer).path("pending"))
              .isEqualTo(content.path("pending").path(key));
          assertThat(client.call("txpool_contentFrom", STRANGER))
              .hasToString("{\"pending\":{},\"queued\":{}}");
        });
  }

  @Test
  void aRequestThatCannotBeIsRefusedInGethsWords() throws Exception {
    run(
        false,
        (node, client, developer) -> {
          Map<String, String> none = Map.of("from", STRANGER, "to", developer);
          assertThat(client.refusal("eth_sendTransaction", none)).isEqualTo("unknown account");
          assertThat(client.refusal("eth_sendTransaction", Map.of("to", developer)))
              .contains("no from");
          assertThat(client.refusal("eth_sendTransaction", Map.of("from", developer)))
              .isEqualTo("contract creation without any data provided");
          assertThat(refusal(client, developer, "gasPrice", "0x1", "maxFeePerGas", "0x1"))
              .isEqualTo("both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified");
          assertThat(
                  refusal(client, developer, "maxFeePerGas", "0x1", "maxPriorityFeePerGas", "0x2"))
              .isEqualTo("maxFeePerGas (0x1) < maxPriorityFeePerGas (0x2)");
          assertThat(refusal(client, developer, "data", "0x01", "input", "0x02"))
              .startsWith("both \"data\" and \"input\" are set and not equal");
          assertThat(refusal(client, developer, "chainId", "0x1", "gas", "0x5208"))
              .isEqualTo("chainId does not match node's (have=1, want=1337)");
          assertThat(refusal(client, developer, "blobVersionedHashes", "0x", "gas", "0x1"))
              .isEqualTo("blob transactions are not supported");
          assertThat(refusal(client, developer, "gas", "0x5208", "gasPrice", "0xde0b6b3a7640000"))
              .isEqualTo("tx fee (21000.00 ether) exceeds the configured cap (1.00 ether)");
          assertThat(
                  client.refusal("eth_signTransaction", Map.of("from", developer, "to", STRANGER)))
              .isEqualTo("gas not specified");
        });
  }

  private static String refusal(
      Client client, String from, String name, String value, String other, String otherValue) {
    return client.refusal(
        "eth_sendTransaction", Map.of("from", from, "to", from, name, value, other, otherValue));
  }

  @Test
  void personalMethodsMakeUnlockAndUseKeys() throws Exception {
    run(
        false,
        (node, client, developer) -> {
          String address = client.call("personal_newAccount", "secret").asString();
          assertThat(client.call("eth_accounts").toString())
              .isEqualTo("[\"" + developer + "\",\"" + address + "\"]");
          assertThat(client.refusal("eth_sign", address, "0x01"))
              .isEqualTo("authentication needed: password or unlock");
          assertThat(client.refusal("personal_unlockAccount", address, "wrong"))
              .isEqualTo("could not decrypt key with given password");
          assertThat(client.refusal("personal_unlockAccount", STRANGER, "wrong"))
              .isEqualTo("no key for given address or file");
          String text = Hex.encode("hello".getBytes(StandardCharsets.US_ASCII));
          String signature = client.call("personal_sign", text, address, "secret").asString();
          assertThat(client.call("personal_ecRecover", text, signature).asString())
              .isEqualTo(address);
          assertThat(client.call("personal_unlockAccount", address, "secret", 60).booleanValue())
              .isTrue();
          assertThat(client.call("eth_sign", address, text).asString()).isEqualTo(signature);
          assertThat(
                  SignedText.signer(
                      "hello".getBytes(StandardCharsets.US_ASCII), Hex.decode(signature)))
              .hasToString(address);
          assertThat(client.call("personal_lockAccount", address).booleanValue()).isTrue();
          assertThat(client.refusal("eth_sign", address, text)).startsWith("authentication needed");

          String key = "01".repeat(32);
          String imported = client.call("personal_importRawKey", key, "x").asString();
          assertThat(client.refusal("personal_importRawKey", key, "x"))
              .isEqualTo("account already exists");
          assertThat(
                  client
                      .call("personal_listWallets")
                      .path(2)
                      .path("accounts")
                      .path(0)
                      .path("address"))
              .hasToString("\"" + imported + "\"");
          assertThat(client.refusal("personal_unlockAccount", address, "secret", -1))
              .contains("not a number of seconds");
        });
  }

  @Test
  void signedButNotSentTransactionsComeBackWhole() throws Exception {
    run(
        false,
        (node, client, developer) -> {
          Map<String, String> wanted =
              Map.of(
                  "from",
                  developer,
                  "to",
                  STRANGER,
                  "gas",
                  "0x5208",
                  "nonce",
                  "0x0",
                  "maxFeePerGas",
                  "0x77359400",
                  "maxPriorityFeePerGas",
                  "0x1");
          JsonNode signed = client.call("eth_signTransaction", wanted);
          String hash = signed.path("tx").path("hash").asString();
          assertThat(
                  client.call("eth_sendRawTransaction", signed.path("raw").asString()).asString())
              .isEqualTo(hash);
          JsonNode filled =
              client.call("eth_fillTransaction", Map.of("from", developer, "to", STRANGER));
          assertThat(filled.path("tx").path("nonce").asString()).isEqualTo("0x1");
          assertThat(filled.path("tx").path("gas").asString()).isEqualTo("0x5208");
          assertThat(filled.path("raw").asString()).startsWith("0x02");
        });
  }

  @Test
  void adminTellsWhoTheNodeIsAndMovesTheChain() throws Exception {
    Path file = temporary.resolve("chain.rlp.gz");
    run(
        false,
        (node, client, developer) -> {
          JsonNode info = client.call("admin_nodeInfo");
          assertThat(info.path("enode").asString())
              .matches("enode://[0-9a-f]{128}@127\\.0\\.0\\.1:30303\\?discport=0");
          assertThat(info.path("enr").asString()).startsWith("enr:");
          assertThat(info.path("protocols").path("eth").path("network").asInt()).isEqualTo(7);
          assertThat(client.call("admin_datadir").asString()).isEqualTo(folder().root().toString());
          assertThat(client.call("admin_peers").size()).isZero();
          assertThat(client.call("admin_addPeer", info.path("enode").asString()).booleanValue())
              .isTrue();
          assertThat(client.refusal("admin_addPeer", "enode://1@x:1")).startsWith("invalid enode");
          assertThat(client.call("net_version").asString()).isEqualTo("7");
          client.call("evm_mine");
          client.call("evm_mine");
          assertThat(client.call("admin_exportChain", file.toString()).booleanValue()).isTrue();
          assertThat(client.refusal("admin_exportChain", file.toString()))
              .isEqualTo("location would overwrite an existing file");
          assertThat(client.call("admin_importChain", file.toString()).booleanValue()).isTrue();
          assertThat(client.refusal("admin_importChain", "/nowhere")).contains("/nowhere");
          assertThat(client.call("admin_startWS", "127.0.0.1", 0).booleanValue()).isTrue();
          assertThat(client.call("admin_stopWS").booleanValue()).isTrue();
          assertThat(client.call("admin_sleepBlocks", 1, 0).booleanValue()).isFalse();
        });
  }

  @Test
  void theMinerIsToldWhatToDo() throws Exception {
    run(
        false,
        (node, client, developer) -> {
          assertThat(client.call("miner_setEtherbase", STRANGER).booleanValue()).isTrue();
          assertThat(client.call("eth_coinbase").asString()).isEqualTo(STRANGER);
          assertThat(client.call("miner_setExtra", "hello").booleanValue()).isTrue();
          assertThat(client.refusal("miner_setExtra", "x".repeat(33)))
              .isEqualTo("extra exceeds max length. 33 > 32");
          assertThat(client.call("miner_setGasPrice", "0x1").booleanValue()).isTrue();
          assertThat(client.refusal("miner_setGasLimit", "0x0")).contains("gas limit");
          client.call("evm_mine");
          JsonNode block = client.call("eth_getBlockByNumber", "latest", false);
          assertThat(block.path("miner").asString()).isEqualTo(STRANGER);
          assertThat(block.path("extraData").asString()).isEqualTo("0x68656c6c6f");
          assertThat(client.call("eth_mining").booleanValue()).isFalse();
          assertThat(client.call("miner_start", 1).isNull()).isTrue();
          assertThat(client.call("eth_mining").booleanValue()).isTrue();
          assertThat(client.call("miner_stop").isNull()).isTrue();
          assertThat(client.refusal("miner_start", "two")).contains("threads");
        });
  }

  @Test
  void aFolderThatDoesNotFitIsRefusedAndSaysWhy() throws Exception {
    run(
        false,
        (node, client, developer) ->
            assertThatThrownBy(() -> OpenChain.open(folder(), new Engines(null, true)))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("open in another process"));
    assertThatThrownBy(() -> OpenChain.init(folder(), GenesisFiles.walk()))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("holds the chain of genesis");
    Files.writeString(folder().nodeKey(), "not a key");
    assertThatThrownBy(() -> run(false, (node, client, developer) -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds no node key");
  }

  /** What strangers can reach does not unlock. */
  @Test
  void unlockingIsForbiddenWhereOtherMachinesReachTheNode() throws Exception {
    try (DevChain chain = DevChain.prepare(null)) {
      NodeConfig local = config(folder(), chain, false);
      RpcConfig open =
          new RpcConfig(
              new RpcConfig.Http("0.0.0.0", 0, ALL, Set.of("*"), Set.of()),
              null,
              null,
              RpcConfig.Limits.DEFAULT);
      NodeConfig reachable =
          new NodeConfig(null, local.genesis(), null, null, open, local.mining(), false, 0, false);
      Accounts accounts =
          Accounts.open(temporary.resolve("keys"), Keystore.Derivation.SCRYPT_LIGHT);
      try (Node node = Node.open(reachable, accounts);
          Client client =
              new Client(String.valueOf(node.httpUrl()).replace("0.0.0.0", "127.0.0.1"))) {
        String address = client.call("personal_newAccount", "x").asString();
        assertThat(client.refusal("personal_unlockAccount", address, "x"))
            .isEqualTo("account unlock with HTTP access is forbidden");
      }
    }
  }
}
