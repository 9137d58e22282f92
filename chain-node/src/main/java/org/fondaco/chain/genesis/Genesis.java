package org.fondaco.chain.genesis;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.trie.NodeStore;
import org.fondaco.chain.trie.Trie;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A {@code genesis.json}: the fields of the first header and who owns what from the start. Numbers
 * are decimal or hexadecimal, in JSON or in text, as geth takes them.
 *
 * @param config geth's {@code config}; chain id and forks are read where they matter
 * @param extraData must not be changed
 * @param nonce 64 bits
 * @param baseFee in wei, where London holds from block 0; else null
 * @param blobGasUsed where Cancun holds from block 0; else not looked at
 * @param excessBlobGas where Cancun holds from block 0; else not looked at
 * @param accounts by address, in its order
 */
@SuppressWarnings("ArrayRecordComponent") // read only
public record Genesis(
    JsonNode config,
    Hash parentHash,
    Address coinbase,
    U256 difficulty,
    long gasLimit,
    long timestamp,
    byte[] extraData,
    Hash mixHash,
    long nonce,
    @Nullable U256 baseFee,
    long blobGasUsed,
    long excessBlobGas,
    Map<Address, Account> accounts) {
  /** What geth gives a London genesis without one: EIP-1559, 1 gwei. */
  private static final U256 INITIAL_BASE_FEE = U256.of(1_000_000_000);

  /**
   * An account of {@code alloc}.
   *
   * @param code must not be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // read only
  public record Account(U256 balance, long nonce, byte[] code, Map<U256, U256> storage) {}

  /**
   * Reads geth's JSON.
   *
   * @throws IllegalArgumentException if a field is missing that has no default, or is malformed
   */
  public static Genesis read(JsonNode json) {
    for (String required : new String[] {"difficulty", "gasLimit"}) {
      if (!json.has(required)) {
        throw new IllegalArgumentException("genesis: no " + required);
      }
    }
    Map<Address, Account> accounts = new TreeMap<>();
    json.path("alloc")
        .properties()
        .forEach(entry -> accounts.put(Address.parse(entry.getKey()), account(entry.getValue())));
    boolean london = json.path("config").path("londonBlock").asLong(-1) == 0;
    return new Genesis(
        json.path("config"),
        hash(json.path("parentHash")),
        json.has("coinbase") ? Address.parse(json.path("coinbase").asString()) : Address.ZERO,
        number(json.path("difficulty")),
        int64(json, "gasLimit"),
        int64(json, "timestamp"),
        bytes(json.path("extraData")),
        hash(json.has("mixHash") ? json.path("mixHash") : json.path("mixhash")),
        number(json.path("nonce")).longValue(),
        json.has("baseFeePerGas")
            ? number(json.path("baseFeePerGas"))
            : london ? INITIAL_BASE_FEE : null,
        int64(json, "blobGasUsed"),
        int64(json, "excessBlobGas"),
        accounts);
  }

  /**
   * The first header; every node of the state goes to the store, and no code.
   *
   * @throws IllegalArgumentException if the forks are out of order
   */
  public BlockHeader header(NodeStore store) {
    Fork fork = ChainConfig.read(config).fork(0, timestamp);
    boolean blobs = fork.atLeast(Fork.CANCUN);
    return new BlockHeader(
        parentHash,
        BlockHeader.NO_UNCLES,
        coinbase,
        saveState(store),
        Trie.EMPTY_ROOT,
        Trie.EMPTY_ROOT,
        new byte[BlockHeader.BLOOM_BYTES],
        difficulty,
        0,
        gasLimit,
        0,
        timestamp,
        extraData,
        mixHash,
        nonce,
        baseFee,
        fork.atLeast(Fork.SHANGHAI) ? Trie.EMPTY_ROOT : null,
        blobs ? (Long) blobGasUsed : null,
        blobs ? (Long) excessBlobGas : null,
        blobs ? Hash.ZERO : null);
  }

  /** The first block: its header, no transaction, no uncle. */
  public byte[] encodeBlock(NodeStore store) {
    RlpWriter writer = new RlpWriter();
    int start = writer.beginList();
    writer.encoded(header(store).encode());
    writer.endList(writer.beginList()).endList(writer.beginList());
    return writer.endList(start).toBytes();
  }

  private Hash saveState(NodeStore store) {
    Trie state = Trie.secure(store, Trie.EMPTY_ROOT);
    accounts.forEach((address, account) -> {
      Trie storage = Trie.secure(store, Trie.EMPTY_ROOT);
      account.storage.forEach((key, value) -> {
        if (!value.isZero()) {
          storage.put(key.toBytes32(), new RlpWriter().word(value).toBytes());
        }
      });
      RlpWriter writer = new RlpWriter();
      int start = writer.beginList();
      writer
          .word(U256.ofLimbs(account.nonce, 0, 0, 0))
          .word(account.balance)
          .hash(storage.commit())
          .hash(Keccak.hash(account.code));
      state.put(address.toBytes(), writer.endList(start).toBytes());
    });
    return state.commit();
  }

  private static Account account(JsonNode json) {
    Map<U256, U256> storage = new TreeMap<>();
    json.path("storage")
        .properties()
        .forEach(slot -> storage.put(parse(slot.getKey()), number(slot.getValue())));
    return new Account(
        number(json.has("balance") ? json.path("balance") : json.path("wei")),
        number(json.path("nonce")).longValue(),
        bytes(json.path("code")),
        storage);
  }

  private static long int64(JsonNode json, String name) {
    U256 value = number(json.path(name));
    if (!value.fitsLong()) {
      throw new IllegalArgumentException("genesis: " + name + " is above 2^63 - 1");
    }
    return value.longValue();
  }

  private static U256 number(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return U256.ZERO;
    }
    return value.isNumber() ? U256.of(value.bigIntegerValue()) : parse(value.asString());
  }

  private static U256 parse(String text) {
    boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
    String digits = hexadecimal ? text.substring(2) : text;
    return digits.isEmpty() ? U256.ZERO : U256.of(new BigInteger(digits, hexadecimal ? 16 : 10));
  }

  private static Hash hash(JsonNode value) {
    return value.isMissingNode() ? Hash.ZERO : Hash.parse(value.asString());
  }

  private static byte[] bytes(JsonNode value) {
    return value.isMissingNode() ? new byte[0] : Hex.decode(value.asString());
  }
}
