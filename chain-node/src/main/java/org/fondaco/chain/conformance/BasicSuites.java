package org.fondaco.chain.conformance;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.conformance.BasicSuite.Cases;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.crypto.Secp256k1;
import org.fondaco.chain.ethash.EthashCache;
import org.fondaco.chain.ethash.EthashEpoch;
import org.fondaco.chain.ethash.Hashimoto;
import org.fondaco.chain.genesis.Genesis;
import org.fondaco.chain.keystore.Keystore;
import org.fondaco.chain.rlp.Rlp;
import org.fondaco.chain.rlp.RlpException;
import org.fondaco.chain.rlp.RlpItem;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.trie.MemoryNodeStore;
import org.fondaco.chain.trie.Nibbles;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The suites of {@code basic-tests}: everything below execution. */
final class BasicSuites {
  static final String ANY = "any";

  private BasicSuites() {}

  static List<Suite> all() {
    return List.of(
        new BasicSuite("rlp-tests", "RLPTests/", BasicSuites::rlp),
        new BasicSuite("trie-tests", "TrieTests/", TrieCases::read),
        new BasicSuite("ethash-tests", "PoWTests/", BasicSuites::ethash),
        new BasicSuite("difficulty-tests", "DifficultyTests/", DifficultyCases::read),
        new BasicSuite("difficulty-networks", "BasicTests/difficulty", DifficultyCases::networks),
        new BasicSuite("transaction-tests", "TransactionTests/", TransactionCases::read),
        new BasicSuite("genesis-tests", "GenesisTests/", BasicSuites::genesis),
        new BasicSuite("genesis-hashes", "BasicTests/genesishashes", BasicSuites::genesisHash),
        new BasicSuite("abi-tests", "ABITests/", AbiCases::read),
        new BasicSuite("keystore-tests", "KeyStoreTests/", BasicSuites::keystore),
        new BasicSuite("hex-prefix", "BasicTests/hexencode", BasicSuites::hexPrefix),
        new BasicSuite("key-address", "BasicTests/keyaddr", BasicSuites::keyAddress),
        new BasicSuite("transaction-signing", "BasicTests/txtest", BasicSuites::signing),
        new BasicSuite("crypto", "BasicTests/crypto", BasicSuites::unread),
        new BasicSuite("poc-genesis", "BasicTests/blockgenesis", BasicSuites::unread));
  }

  /** Cases that nothing here reads: each must be excluded by name, or it fails. */
  private static void unread(String file, JsonNode json, Cases cases) {
    if (json.isArray()) {
      for (int i = 0; i < json.size(); i++) {
        cases.check(ANY, Integer.toString(i), () -> "no reader");
      }
    } else {
      json.properties().forEach(entry -> cases.check(ANY, entry.getKey(), () -> "no reader"));
    }
  }

  private static void rlp(String file, JsonNode json, Cases cases) {
    json.properties()
        .forEach(entry -> cases.check(ANY, entry.getKey(), () -> rlp(entry.getValue())));
  }

  private static @Nullable String rlp(JsonNode test) {
    JsonNode in = test.path("in");
    byte[] encoded = Hex.decode(test.path("out").asString());
    boolean invalid = in.isString() && in.asString().equals("INVALID");
    RlpItem decoded;
    try {
      decoded = Rlp.decode(encoded);
    } catch (RlpException e) {
      return invalid ? null : "refused: " + e.getMessage();
    }
    if (invalid) {
      return "taken";
    }
    if (!Arrays.equals(Rlp.encode(decoded), encoded)) {
      return "decoded and encoded, it differs";
    }
    if (in.isString() && in.asString().equals("VALID")) {
      return null;
    }
    RlpWriter writer = new RlpWriter();
    write(writer, in);
    return Arrays.equals(writer.toBytes(), encoded) ? null : "encoded, it differs";
  }

  /** A text that begins with # is a decimal number; other text is its own bytes. */
  private static void write(RlpWriter writer, JsonNode value) {
    if (value.isArray()) {
      int start = writer.beginList();
      value.forEach(each -> write(writer, each));
      writer.endList(start);
    } else if (value.isNumber()) {
      writer.number(value.asLong());
    } else if (value.asString().startsWith("#")) {
      byte[] number = new BigInteger(value.asString().substring(1)).toByteArray();
      writer.bytes(number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number);
    } else {
      writer.bytes(value.asString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void ethash(String file, JsonNode json, Cases cases) {
    json.properties()
        .forEach(entry -> cases.check(ANY, entry.getKey(), () -> ethash(entry.getValue())));
  }

  private static @Nullable String ethash(JsonNode test) {
    BlockHeader header = BlockHeader.decode(Hex.decode(test.path("header").asString()));
    EthashEpoch epoch = EthashEpoch.of(header.number(), EthashEpoch.Size.FULL);
    EthashCache cache = new EthashCache(epoch);
    Hashimoto.Result result = Hashimoto.light(cache, header.sealHash(), header.nonce());
    List<Object> expected =
        List.of(
            test.path("seed").asString(),
            test.path("cache_size").asLong(),
            test.path("full_size").asLong(),
            hash(test, "header_hash"),
            hash(test, "cache_hash"),
            hash(test, "mixHash"),
            hash(test, "result"),
            header.mixHash());
    List<Object> actual =
        List.of(
            epoch.seedHash(),
            (long) epoch.cacheBytes(),
            epoch.datasetBytes(),
            header.sealHash(),
            Keccak.hash(cache.toBytes()),
            result.mixHash(),
            result.value(),
            result.mixHash());
    return expected.equals(actual) ? null : "expected " + expected + ", got " + actual;
  }

  private static Hash hash(JsonNode test, String name) {
    return Hash.parse(test.path(name).asString());
  }

  private static void genesis(String file, JsonNode json, Cases cases) {
    json.properties()
        .forEach(entry ->
            cases.same(
                ANY,
                entry.getKey(),
                "0x" + entry.getValue().path("result").asString(),
                () ->
                    Hex.encode(Genesis.read(entry.getValue()).encodeBlock(new MemoryNodeStore()))));
  }

  private static void genesisHash(String file, JsonNode json, Cases cases) {
    cases.same(
        ANY,
        "mainnet",
        List.of(hash(json, "genesis_hash"), hash(json, "genesis_state_root")),
        () -> {
          RlpItem.Items block =
              Rlp.decode(Hex.decode(json.path("genesis_rlp_hex").asString())).asList();
          BlockHeader header = BlockHeader.decode(block.at(0).asList());
          return List.of(header.hash(), header.stateRoot());
        });
  }

  private static void keystore(String file, JsonNode json, Cases cases) {
    json.properties()
        .forEach(entry ->
            cases.same(
                ANY,
                entry.getKey(),
                entry.getValue().path("priv").asString(),
                () ->
                    HexFormat.of()
                        .formatHex(
                            Keystore.decrypt(
                                entry.getValue().path("json").toString(),
                                entry.getValue().path("password").asString().toCharArray()))));
  }

  private static void hexPrefix(String file, JsonNode json, Cases cases) {
    json.properties()
        .forEach(entry -> {
          List<Byte> nibbles = new ArrayList<>();
          entry.getValue().path("seq").forEach(nibble -> nibbles.add((byte) nibble.asInt()));
          byte[] path = new byte[nibbles.size()];
          for (int i = 0; i < path.length; i++) {
            path[i] = nibbles.get(i);
          }
          boolean leaf = entry.getValue().path("term").asBoolean();
          String out = "0x" + entry.getValue().path("out").asString();
          cases.check(
              ANY,
              entry.getKey(),
              () -> {
                Nibbles.Path back = Nibbles.decode(Hex.decode(out));
                boolean same = Arrays.equals(back.nibbles(), path) && back.leaf() == leaf;
                return same && Hex.encode(Nibbles.encode(path, leaf)).equals(out)
                    ? null
                    : "differs";
              });
        });
  }

  /**
   * Keys and addresses, one case each, and the signature of each as a case of its own: the file
   * does not say which bytes were hashed.
   */
  private static void keyAddress(String file, JsonNode json, Cases cases) {
    for (JsonNode test : json) {
      String seed = test.path("seed").asString();
      cases.same(
          ANY,
          seed,
          List.of("0x" + test.path("key").asString(), Address.parse(test.path("addr").asString())),
          () -> {
            byte[] key = Keccak.hash256(seed.getBytes(StandardCharsets.UTF_8));
            return List.of(Hex.encode(key), Secp256k1.addressOf(key));
          });
      cases.check(ANY, seed + "/signature", () -> signature(test));
    }
  }

  private static @Nullable String signature(JsonNode test) {
    JsonNode signature = test.path("sig_of_emptystring");
    byte[] compact = new byte[64];
    decimal(signature, "r").copyTo(compact, 0);
    decimal(signature, "s").copyTo(compact, 32);
    byte[] nothing = Keccak.hash256(new byte[0]);
    Address signer = Secp256k1.recover(nothing, compact, signature.path("v").asInt() - 27);
    Address expected = Address.parse(test.path("addr").asString());
    return Objects.equals(signer, expected) ? null : "signed by " + signer;
  }

  private static U256 decimal(JsonNode node, String name) {
    return U256.of(new BigInteger(node.path(name).asString()));
  }

  private static void signing(String file, JsonNode json, Cases cases) {
    int number = 0;
    for (JsonNode test : json) {
      cases.check(
          ANY,
          Integer.toString(number++),
          () -> {
            Transaction signed = Transaction.decode(Hex.decode(test.path("signed").asString()));
            byte[] key = Hex.decode(test.path("key").asString());
            Address address = Secp256k1.addressOf(key);
            Transaction again = signed.signedBy(key);
            boolean same =
                Objects.equals(signed.sender(), address)
                    && signed.signingHash().equals(again.signingHash())
                    && Objects.equals(again.sender(), address);
            return same ? null : "another sender or signing hash";
          });
    }
  }
}
