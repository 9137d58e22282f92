package org.fondaco.chain.fork;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.fondaco.chain.difficulty.DifficultyRule;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which rules hold at which block: the {@code config} of geth's genesis.json.
 *
 * <p>A block's form and reward follow {@link #fork}; its machine follows {@link #machine}, which is
 * the same unless the genesis sets our own {@code evmRules}.
 */
public final class ChainConfig {
  private static final long NEVER = Long.MAX_VALUE;

  /** By block number: geth's key, the fork. The order is that of the forks. */
  private static final Map<Fork, String> BY_NUMBER = byNumber();

  private final long chainId;
  private final Map<Fork, Long> numbers = new EnumMap<>(Fork.class);
  private final long muirGlacier;
  private final long arrowGlacier;
  private final long grayGlacier;
  private final long dao;
  private final boolean daoSupported;
  private final @Nullable U256 terminalTotalDifficulty;
  private final long mergeNumber;
  private final long shanghaiTime;
  private final long cancunTime;
  private final @Nullable Fork machineOverride;
  private final boolean instant;
  private final boolean tinyEthash;

  private ChainConfig(JsonNode json) {
    chainId = json.path("chainId").asLong(1);
    numbers.put(Fork.FRONTIER, 0L);
    BY_NUMBER.forEach((fork, key) -> numbers.put(fork, at(json, key)));
    if (!json.has("petersburgBlock")) { // geth: Petersburg comes with Constantinople
      numbers.put(Fork.PETERSBURG, at(json, "constantinopleBlock"));
    }
    muirGlacier = at(json, "muirGlacierBlock");
    arrowGlacier = at(json, "arrowGlacierBlock");
    grayGlacier = at(json, "grayGlacierBlock");
    dao = at(json, "daoForkBlock");
    daoSupported = json.path("daoForkSupport").asBoolean(false);
    terminalTotalDifficulty =
        json.has("terminalTotalDifficulty")
            ? U256.of(json.path("terminalTotalDifficulty").bigIntegerValue())
            : null;
    mergeNumber = // a total difficulty of 0 is reached before the first block
        terminalTotalDifficulty != null && terminalTotalDifficulty.isZero()
            ? 0
            : at(json, "mergeNetsplitBlock");
    shanghaiTime = at(json, "shanghaiTime");
    cancunTime = at(json, "cancunTime");
    machineOverride = json.has("evmRules") ? machineNamed(json.path("evmRules").asString()) : null;
    instant = json.has("instant");
    tinyEthash = json.path("ethash").path("tiny").asBoolean(false);
    checkOrder();
    if (json.has("ethash") && (shanghaiTime != NEVER || cancunTime != NEVER)) {
      throw new IllegalArgumentException(
          "genesis: ethash knows no shanghaiTime and no cancunTime; evmRules gives their machine");
    }
  }

  /**
   * Reads a {@code config}.
   *
   * @throws IllegalArgumentException if forks are out of order, or do not go with the seal
   */
  public static ChainConfig read(JsonNode config) {
    return new ChainConfig(config);
  }

  /** EIP-155. */
  public long chainId() {
    return chainId;
  }

  /** Whether the genesis asks for instant sealing ({@code "instant": {}}). */
  public boolean isInstant() {
    return instant;
  }

  /**
   * Whether the genesis asks for Ethash with a cache of 1 KiB and a dataset of 32 KiB ({@code
   * "ethash": {"tiny": true}}): for tests and development, since such work proves nothing.
   */
  public boolean isTinyEthash() {
    return tinyEthash;
  }

  /** Ends proof of work; null where it goes on. */
  public @Nullable U256 terminalTotalDifficulty() {
    return terminalTotalDifficulty;
  }

  /**
   * The fork of a block's form, difficulty and reward.
   *
   * @param timestamp in seconds
   */
  public Fork fork(long number, long timestamp) {
    return fork(number, timestamp, isMerged(number));
  }

  /**
   * The fork of a block that is known to be valid; this also tells the blocks after a {@code
   * terminalTotalDifficulty}, by their difficulty of zero, which no proof of work has.
   *
   * @param timestamp in seconds
   */
  public Fork fork(long number, long timestamp, U256 difficulty) {
    boolean merged = terminalTotalDifficulty != null && difficulty.isZero() && number > 0;
    return fork(number, timestamp, merged || isMerged(number));
  }

  private Fork fork(long number, long timestamp, boolean merged) {
    if (merged) {
      if (timestamp >= cancunTime) {
        return Fork.CANCUN;
      }
      return timestamp >= shanghaiTime ? Fork.SHANGHAI : Fork.PARIS;
    }
    Fork last = Fork.FRONTIER;
    for (Map.Entry<Fork, Long> entry : numbers.entrySet()) {
      if (number >= entry.getValue()) {
        last = entry.getKey();
      }
    }
    return last;
  }

  /** The rules of the machine in a block. */
  public Rules machine(long number, long timestamp) {
    return Rules.of(machineOverride != null ? machineOverride : fork(number, timestamp));
  }

  /** The same for a block that is known to be valid, as {@link #fork(long, long, U256)} does. */
  public Rules machine(long number, long timestamp, U256 difficulty) {
    return Rules.of(
        machineOverride != null ? machineOverride : fork(number, timestamp, difficulty));
  }

  /** Whether the genesis sets {@code evmRules}: a machine ahead of its blocks. */
  public boolean machineIsAhead() {
    return machineOverride != null;
  }

  /** Whether the block is at or after {@code mergeNetsplitBlock}: no proof of work any more. */
  public boolean isMerged(long number) {
    return number >= mergeNumber;
  }

  /** The difficulty formula of a block before the merge. */
  public DifficultyRule difficulty(long number) {
    if (number >= grayGlacier) {
      return DifficultyRule.GRAY_GLACIER;
    }
    if (number >= arrowGlacier) {
      return DifficultyRule.ARROW_GLACIER;
    }
    Fork fork = fork(number, 0);
    if (fork.atLeast(Fork.LONDON)) {
      return DifficultyRule.LONDON;
    }
    if (number >= muirGlacier) {
      return DifficultyRule.MUIR_GLACIER;
    }
    if (fork.atLeast(Fork.CONSTANTINOPLE)) {
      return DifficultyRule.CONSTANTINOPLE;
    }
    if (fork.atLeast(Fork.BYZANTIUM)) {
      return DifficultyRule.BYZANTIUM;
    }
    return fork.atLeast(Fork.HOMESTEAD) ? DifficultyRule.HOMESTEAD : DifficultyRule.FRONTIER;
  }

  /** Whether the DAO's balances move in this block (EIP-779). */
  public boolean isDaoFork(long number) {
    return daoSupported && number == dao;
  }

  /** Whether the header must carry "dao-hard-fork": ten blocks from the fork on (EIP-779). */
  public boolean wantsDaoMark(long number) {
    return daoSupported && number >= dao && number - dao < 10;
  }

  /** Whether the header must not carry it: the chain knows the fork and stays out of it. */
  public boolean refusesDaoMark(long number) {
    return !daoSupported && number >= dao && number - dao < 10;
  }

  private void checkOrder() {
    long before = 0;
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<Fork, Long> entry : numbers.entrySet()) {
      if (entry.getValue() < before) {
        wrong.add(entry.getKey() + " at " + entry.getValue() + " is before the fork it builds on");
      }
      before = Math.max(before, entry.getValue());
    }
    if (cancunTime < shanghaiTime) {
      wrong.add("CANCUN is before SHANGHAI");
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("genesis: " + String.join(", ", wrong));
    }
  }

  private static Fork machineNamed(String name) {
    return switch (name) {
      case "london" -> Fork.LONDON;
      case "paris" -> Fork.PARIS;
      case "shanghai" -> Fork.SHANGHAI;
      case "cancun" -> Fork.CANCUN;
      default ->
          throw new IllegalArgumentException(
              "genesis: evmRules are london, paris, shanghai or cancun, not " + name);
    };
  }

  private static Map<Fork, String> byNumber() {
    Map<Fork, String> keys = new EnumMap<>(Fork.class);
    keys.put(Fork.HOMESTEAD, "homesteadBlock");
    keys.put(Fork.TANGERINE_WHISTLE, "eip150Block");
    keys.put(Fork.SPURIOUS_DRAGON, "eip158Block");
    keys.put(Fork.BYZANTIUM, "byzantiumBlock");
    keys.put(Fork.CONSTANTINOPLE, "constantinopleBlock");
    keys.put(Fork.PETERSBURG, "petersburgBlock");
    keys.put(Fork.ISTANBUL, "istanbulBlock");
    keys.put(Fork.BERLIN, "berlinBlock");
    keys.put(Fork.LONDON, "londonBlock");
    return keys;
  }

  private static long at(JsonNode json, String key) {
    JsonNode value = json.path(key);
    return value.isMissingNode() || value.isNull() ? NEVER : value.asLong();
  }
}
