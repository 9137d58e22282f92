package org.fondaco.chain.blockchain;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.execution.BaseFee;
import org.fondaco.chain.execution.BlockExecution;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.genesis.Genesis;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.trie.Trie;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Builds blocks for tests as a miner would. */
public final class TestChain {
  /** The keys of the accounts that own something at first: 1, 2, 3. */
  public static final List<byte[]> KEYS = List.of(key(1), key(2), key(3));

  public static final U256 CHAIN_ID = U256.of(1337);
  public static final String PROOF_OF_WORK =
      "\"homesteadBlock\":0,\"eip150Block\":0,\"eip155Block\":0,\"eip158Block\":0,"
          + "\"byzantiumBlock\":0,\"constantinopleBlock\":0,\"petersburgBlock\":0,"
          + "\"istanbulBlock\":0,\"berlinBlock\":0,\"londonBlock\":0";
  public static final String INSTANT = PROOF_OF_WORK + ",\"evmRules\":\"cancun\",\"instant\":{}";

  private TestChain() {}

  public static byte[] key(int number) {
    byte[] key = new byte[32];
    key[31] = (byte) number;
    return key;
  }

  public static Address address(byte[] key) {
    Address address = transfer(0, Address.ZERO, 0, 1).signedBy(key).sender();
    if (address == null) {
      throw new IllegalStateException("no address");
    }
    return address;
  }

  /** A chain whose forks are those of {@code config}. */
  public static Genesis genesis(String config) {
    StringBuilder alloc = new StringBuilder();
    for (byte[] key : KEYS) {
      alloc.append(alloc.isEmpty() ? "" : ",");
      alloc.append("\"").append(address(key)).append("\":{\"balance\":\"0x3635c9adc5dea00000\"}");
    }
    return Genesis.read(
        JsonMapper.shared()
            .readTree(
                "{\"config\":{\"chainId\":1337,"
                    + config
                    + "},\"difficulty\":\"0x20000\",\"gasLimit\":\"0x1c9c380\",\"alloc\":{"
                    + alloc
                    + "}}"));
  }

  /** Unsigned: {@link Transaction#signedBy} signs it. */
  public static Transaction transfer(long nonce, Address to, long wei, long gweiPrice) {
    U256 price = U256.of(gweiPrice).multiply(U256.of(1_000_000_000));
    return new Transaction(
        Transaction.LEGACY,
        CHAIN_ID,
        nonce,
        price,
        price,
        21_000,
        to,
        U256.of(wei),
        new byte[0],
        List.of(),
        U256.ZERO,
        List.of(),
        new Transaction.Signature(0, U256.ONE, U256.ONE));
  }

  /** A header that is complete but for what executing finds out. */
  public static BlockHeader header(
      Blockchain chain, BlockHeader parent, long seconds, Address coinbase, String extra) {
    long timestamp = parent.timestamp() + seconds;
    long number = parent.number() + 1;
    boolean london = chain.config().fork(number, timestamp).atLeast(Fork.LONDON);
    @Nullable U256 baseFee = london ? BaseFee.next(parent) : null;
    return new BlockHeader(
        parent.hash(),
        BlockHeader.NO_UNCLES,
        coinbase,
        Hash.ZERO,
        Trie.EMPTY_ROOT,
        Trie.EMPTY_ROOT,
        new byte[BlockHeader.BLOOM_BYTES],
        chain
            .engine()
            .difficulty(parent, !parent.unclesHash().equals(BlockHeader.NO_UNCLES), timestamp),
        number,
        parent.gasLimit(),
        0,
        timestamp,
        extra.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        Hash.ZERO,
        0,
        baseFee,
        null,
        null,
        null,
        null);
  }

  /** A block on a parent; transactions that cannot be in it fail the test. */
  public static Block block(
      Blockchain chain, BlockHeader header, List<BlockHeader> uncles, List<Transaction> all) {
    BlockExecution execution = chain.begin(header);
    List<String> refused = new ArrayList<>();
    for (Transaction transaction : all) {
      if (execution.apply(transaction) instanceof BlockExecution.Applied.Refused(String reason)) {
        refused.add(reason);
      }
    }
    if (!refused.isEmpty()) {
      throw new IllegalStateException("refused: " + refused);
    }
    return execution.finish(uncles, null);
  }
}
