package org.fondaco.chain.utxo.consensus;

import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.pow.PowFunction;
import org.fondaco.chain.utxo.pow.Retarget;

/**
 * The rules of one network.
 *
 * @param name as data folders and RPC call it: {@code main} or {@code regtest}
 * @param work what its headers' work is measured by
 * @param halvingBlocks after which the subsidy halves
 * @param firstSubsidy of the first period, in satoshi
 * @param moneyMax no amount and no sum of amounts is above, in satoshi
 * @param forks from which heights its rules hold
 * @param limits how large a block may be
 */
public record Consensus(
    Coin coin,
    String name,
    PowFunction work,
    Retarget retarget,
    int halvingBlocks,
    long firstSubsidy,
    long moneyMax,
    Forks forks,
    Limits limits,
    Block genesis) {
  /** Blocks before a coinbase may be spent: COINBASE_MATURITY. */
  public static final int COINBASE_MATURITY_BLOCKS = 100;

  /** Which family of rules. */
  public enum Coin {
    BTC,
    BCH,
    LTC,
    /** The chain of the six hashes, with Bitcoin's rules before segregated witness. */
    SIX
  }

  /**
   * The first height of each rule; {@link #NEVER} where it never holds.
   *
   * @param bip34 the coinbase begins with the height; version 2
   * @param bip66 strict signatures; version 3
   * @param bip65 OP_CHECKLOCKTIMEVERIFY; version 4
   * @param csv BIP-68, 112 and 113
   * @param segwit BIP-141, 143 and 147
   * @param taproot BIP-341 and 342
   * @param cash Bitcoin Cash's: order by txid, and the script rules of 2025
   */
  public record Forks(int bip34, int bip66, int bip65, int csv, int segwit, int taproot, int cash) {
    public static final int NEVER = Integer.MAX_VALUE;
  }

  /**
   * Limits of a block. Without witnesses the weight is four times the size.
   *
   * @param weightMax BIP-141
   * @param operationsMax cost of signature operations; for Bitcoin Cash of signature checks
   */
  public record Limits(int weightMax, int operationsMax) {}

  /** Whether transactions may have witnesses on the wire. */
  public boolean hasWitness() {
    return forks.segwit() != Forks.NEVER;
  }

  public boolean isCash() {
    return coin == Coin.BCH;
  }

  /** What a block at this height may create, in satoshi. */
  public long subsidy(int height) {
    int halvings = height / halvingBlocks;
    return halvings >= Long.SIZE ? 0 : firstSubsidy >> halvings;
  }
}
