package org.fondaco.chain.blockchain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;

/** Keeps a pile of blocks of London's transfers and works everything out from the first again. */
final class NaiveChain {
  private static final BigInteger REWARD = BigInteger.TEN.pow(18).multiply(BigInteger.TWO);
  private static final BigInteger GAS = BigInteger.valueOf(21_000);

  private final BlockHeader genesis;
  private final Map<Address, BigInteger> endowment;
  private final Map<Hash, Block> blocks = new LinkedHashMap<>();

  NaiveChain(BlockHeader genesis, Map<Address, BigInteger> endowment) {
    this.genesis = genesis;
    this.endowment = endowment;
  }

  boolean add(Block block) {
    return block.number() == 1 && block.header().parentHash().equals(genesis.hash())
        ? blocks.putIfAbsent(block.hash(), block) == null
        : blocks.containsKey(block.header().parentHash())
            && blocks.putIfAbsent(block.hash(), block) == null;
  }

  private BigInteger totalDifficulty(Block block) {
    BigInteger sum = genesis.difficulty().toBigInteger();
    for (Block each : upTo(block)) {
      sum = sum.add(each.header().difficulty().toBigInteger());
    }
    return sum;
  }

  private List<Block> upTo(Block last) {
    List<Block> chain = new ArrayList<>();
    for (Block each = last; each != null; each = blocks.get(each.header().parentHash())) {
      chain.addFirst(each);
    }
    return chain;
  }

  /** The chain without the first block: the heaviest, and of equals the one that came first. */
  List<Block> chain() {
    BigInteger most = genesis.difficulty().toBigInteger();
    List<Block> best = List.of();
    for (Block block : blocks.values()) {
      BigInteger total = totalDifficulty(block);
      if (total.compareTo(most) > 0) {
        most = total;
        best = upTo(block);
      }
    }
    return best;
  }

  /** What everybody owns at the end of the chain, in wei. */
  Map<Address, U256> balances() {
    Map<Address, BigInteger> all = new HashMap<>(endowment);
    for (Block block : chain()) {
      BigInteger baseFee = Objects.requireNonNull(block.header().baseFee()).toBigInteger();
      Address coinbase = block.header().coinbase();
      for (Transaction transaction : block.transactions()) {
        BigInteger price = transaction.maxFee().toBigInteger();
        BigInteger value = transaction.value().toBigInteger();
        Address sender = Objects.requireNonNull(transaction.sender());
        all.merge(sender, value.add(GAS.multiply(price)).negate(), BigInteger::add);
        all.merge(Objects.requireNonNull(transaction.to()), value, BigInteger::add);
        all.merge(coinbase, GAS.multiply(price.subtract(baseFee)), BigInteger::add);
      }
      all.merge(coinbase, REWARD, BigInteger::add);
      for (BlockHeader uncle : block.uncles()) {
        all.merge(coinbase, REWARD.divide(BigInteger.valueOf(32)), BigInteger::add);
        long eighths = 8 - (block.number() - uncle.number());
        all.merge(
            uncle.coinbase(),
            REWARD.multiply(BigInteger.valueOf(eighths)).divide(BigInteger.valueOf(8)),
            BigInteger::add);
      }
    }
    Map<Address, U256> balances = new HashMap<>();
    all.forEach((address, wei) -> balances.put(address, U256.of(wei)));
    return balances;
  }
}
