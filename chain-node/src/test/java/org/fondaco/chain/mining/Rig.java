package org.fondaco.chain.mining;

import java.io.IOException;
import java.util.List;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.blockchain.Chains;
import org.fondaco.chain.crypto.Secp256k1;
import org.fondaco.chain.ethash.EthashEngine;
import org.fondaco.chain.ethash.EthashEpoch;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.genesis.Genesis;
import org.fondaco.chain.pool.PoolSettings;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.seal.InstantSeal;
import org.fondaco.chain.seal.SealEngine;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import tools.jackson.databind.ObjectMapper;

/** A chain in memory with pool and miner: a node without its doors. */
record Rig(Blockchain chain, TransactionPool pool, Miner miner) implements AutoCloseable {
  static final Address COINBASE = Address.of(0xc0ffee);
  static final Address TO = Address.of(0xbeef);
  static final U256 ETHER = U256.of(1_000_000_000_000_000_000L);

  static final String LONDON =
      """
      "chainId": 1024, "homesteadBlock": 0, "eip150Block": 0, "eip155Block": 0, "eip158Block": 0,
      "byzantiumBlock": 0, "constantinopleBlock": 0, "petersburgBlock": 0, "istanbulBlock": 0,
      "berlinBlock": 0, "londonBlock": 0, "instant": {}, "evmRules": "cancun"
      """;
  static final String WORK =
      """
      "chainId": 1024, "homesteadBlock": 0, "eip150Block": 0, "eip155Block": 0, "eip158Block": 0,
      "ethash": {}
      """;

  static Genesis genesis(String config, long gasLimit) {
    StringBuilder alloc = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      alloc
          .append(i == 0 ? "" : ",")
          .append('"')
          .append(address(i).toString())
          .append("\":{\"balance\":\"1000000000000000000000\"}");
    }
    return Genesis.read(
        new ObjectMapper()
            .readTree(
                "{\"config\":{"
                    + config
                    + "},\"difficulty\":\"1\",\"gasLimit\":\""
                    + gasLimit
                    + "\",\"alloc\":{"
                    + alloc
                    + "}}"));
  }

  static Rig instant(MinerSettings.Instant when) throws IOException {
    return of(genesis(LONDON, 30_000_000), new InstantSeal(), when);
  }

  static Rig instantWithGasLimit(long gasLimit) throws IOException {
    return of(genesis(LONDON, gasLimit), new InstantSeal(), new MinerSettings.Instant.OnDemand());
  }

  static Rig work() throws IOException {
    Genesis genesis = genesis(WORK, 8_000_000);
    return of(
        genesis,
        EthashEngine.open(ChainConfig.read(genesis.config()), EthashEpoch.Size.TINY, null),
        new MinerSettings.Instant.OnDemand());
  }

  static Rig of(Genesis genesis, SealEngine engine, MinerSettings.Instant when) throws IOException {
    Blockchain chain = Chains.inMemory(genesis, engine);
    TransactionPool pool = TransactionPool.open(chain, PoolSettings.standard());
    return new Rig(
        chain,
        pool,
        Miner.open(chain, pool, MinerSettings.standard().withCoinbase(COINBASE).withInstant(when)));
  }

  static byte[] key(int account) {
    byte[] key = new byte[32];
    key[31] = (byte) (account + 1);
    return key;
  }

  static Address address(int account) {
    return Secp256k1.addressOf(key(account));
  }

  static Transaction transfer(int account, long nonce, long tipGwei) {
    return transfer(account, nonce, tipGwei, 21_000);
  }

  /** A transfer of an ether; legacy, so that it fits every fork. */
  static Transaction transfer(int account, long nonce, long priceGwei, long gas) {
    U256 price = U256.of(priceGwei * 1_000_000_000L);
    return new Transaction(
            Transaction.LEGACY,
            U256.of(1024),
            nonce,
            price,
            price,
            gas,
            TO,
            ETHER,
            new byte[0],
            List.of(),
            U256.ZERO,
            List.of(),
            new Transaction.Signature(0, U256.ZERO, U256.ZERO))
        .signedBy(key(account));
  }

  /** The chain's block at a height, which must be there. */
  Block block(long number) {
    Block block = chain.block(number);
    if (block == null) {
      throw new AssertionError("no block " + number);
    }
    return block;
  }

  U256 balance(Address address) {
    var account = chain.state(chain.head().stateRoot()).account(address);
    return account == null ? U256.ZERO : account.balance();
  }

  @Override
  public void close() {
    miner.close();
    pool.close();
    chain.close();
  }
}
