package org.fondaco.chain.utxo.consensus;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.block.BlockHeader;
import org.fondaco.chain.utxo.block.MerkleRoot;
import org.fondaco.chain.utxo.consensus.Consensus.Coin;
import org.fondaco.chain.utxo.consensus.Consensus.Forks;
import org.fondaco.chain.utxo.consensus.Consensus.Limits;
import org.fondaco.chain.utxo.pow.CompactTarget;
import org.fondaco.chain.utxo.pow.PowFunction;
import org.fondaco.chain.utxo.pow.Retarget;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;

/** The networks that this node knows, from the chain parameters of their reference nodes. */
public final class Networks {
  private static final long COIN = 100_000_000;
  private static final BigInteger REGTEST_LIMIT = CompactTarget.decode(0x207fffff);
  private static final BigInteger BITCOIN_LIMIT = CompactTarget.decode(0x1d00ffff);
  private static final Limits WITNESS_LIMITS = new Limits(4_000_000, 80_000);

  /** 32 MB, and a signature check for every 141 bytes. */
  private static final Limits CASH_LIMITS = new Limits(128_000_000, 32_000_000 / 141);

  private static final int REGTEST_HALVING_BLOCKS = 150;
  private static final int REGTEST_TIME = 1_296_688_602;

  private static final String BITCOIN_MESSAGE =
      "The Times 03/Jan/2009 Chancellor on brink of second bailout for banks";
  private static final String BITCOIN_KEY =
      "04678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb6"
          + "49f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5f";
  private static final String LITECOIN_MESSAGE =
      "NY Times 05/Oct/2011 Steve Jobs, Apple’s Visionary, Dies at 56";
  private static final String LITECOIN_KEY =
      "040184710fa689ad5023690c80f3a49c8f13f8d45b8c857fbcbc8bc4a8e4d3eb4b"
          + "10f4d4604fa08dce601aaf0f470216fe1b51850b4acf21b179c45070ac7b03a9";

  private Networks() {}

  /** Bitcoin's main network. */
  public static Consensus bitcoin() {
    return new Consensus(
        Coin.BTC,
        "main",
        PowFunction.SHA256D,
        new Retarget.Periodic(BITCOIN_LIMIT, 600, 2016, false, false),
        210_000,
        50 * COIN,
        21_000_000 * COIN,
        new Forks(227_931, 363_725, 388_381, 419_328, 481_824, 709_632, Forks.NEVER),
        WITNESS_LIMITS,
        bitcoinGenesis(1_231_006_505, 0x1d00ffff, 2_083_236_893));
  }

  /** Bitcoin Core's regtest. */
  public static Consensus bitcoinRegtest() {
    return new Consensus(
        Coin.BTC,
        "regtest",
        PowFunction.SHA256D,
        new Retarget.Never(REGTEST_LIMIT),
        REGTEST_HALVING_BLOCKS,
        50 * COIN,
        21_000_000 * COIN,
        new Forks(1, 1, 1, 1, 0, 0, Forks.NEVER),
        WITNESS_LIMITS,
        bitcoinGenesis(REGTEST_TIME, 0x207fffff, 2));
  }

  /** Bitcoin Cash's main network; its blocks before 2025 are older than the script rules here. */
  public static Consensus bitcoinCash() {
    Retarget.Periodic first = new Retarget.Periodic(BITCOIN_LIMIT, 600, 2016, false, false);
    Retarget.Asert anchor =
        new Retarget.Asert(BITCOIN_LIMIT, 661_647, 1_605_447_844, 0x1804dafe, 600, 172_800, false);
    return new Consensus(
        Coin.BCH,
        "main",
        PowFunction.SHA256D,
        new Retarget.BitcoinCash(first, 478_558, 504_031, anchor),
        210_000,
        50 * COIN,
        21_000_000 * COIN,
        new Forks(227_931, 363_725, 388_381, 419_328, Forks.NEVER, Forks.NEVER, 898_374),
        CASH_LIMITS,
        bitcoinGenesis(1_231_006_505, 0x1d00ffff, 2_083_236_893));
  }

  /** Bitcoin Cash's regtest, which has every rule from its first block on. */
  public static Consensus bitcoinCashRegtest() {
    return new Consensus(
        Coin.BCH,
        "regtest",
        PowFunction.SHA256D,
        new Retarget.Never(REGTEST_LIMIT),
        REGTEST_HALVING_BLOCKS,
        50 * COIN,
        21_000_000 * COIN,
        new Forks(1, 1, 1, 1, Forks.NEVER, Forks.NEVER, 1),
        CASH_LIMITS,
        bitcoinGenesis(REGTEST_TIME, 0x207fffff, 2));
  }

  /** Litecoin's main network without extension blocks. */
  public static Consensus litecoin() {
    return new Consensus(
        Coin.LTC,
        "main",
        PowFunction.SCRYPT,
        new Retarget.Periodic(CompactTarget.decode(0x1e0fffff), 150, 2016, true, false),
        840_000,
        50 * COIN,
        84_000_000 * COIN,
        new Forks(710_000, 811_879, 918_684, 1_201_536, 1_201_536, 2_257_920, Forks.NEVER),
        WITNESS_LIMITS,
        litecoinGenesis(1_317_972_665, 0x1e0ffff0, 2_084_524_493));
  }

  /** The regtest of Litecoin Core 0.21, with its late heights. */
  public static Consensus litecoinRegtest() {
    return new Consensus(
        Coin.LTC,
        "regtest",
        PowFunction.SCRYPT,
        new Retarget.Never(REGTEST_LIMIT),
        REGTEST_HALVING_BLOCKS,
        50 * COIN,
        84_000_000 * COIN,
        new Forks(500, 1251, 1351, 432, 0, 0, Forks.NEVER),
        WITNESS_LIMITS,
        litecoinGenesis(REGTEST_TIME, 0x207fffff, 0));
  }

  /** A network of our own on the six hashes, with a new target for every block. */
  public static Consensus sixHashRegtest() {
    return new Consensus(
        Coin.SIX,
        "regtest",
        PowFunction.SIX_HASH,
        new Retarget.EveryBlock(REGTEST_LIMIT, 60),
        REGTEST_HALVING_BLOCKS,
        50 * COIN,
        21_000_000 * COIN,
        new Forks(1, 1, 1, 1, Forks.NEVER, Forks.NEVER, Forks.NEVER),
        new Limits(4_000_000, 80_000),
        bitcoinGenesis(REGTEST_TIME, 0x207fffff, 2));
  }

  private static Block bitcoinGenesis(long time, int bits, long nonce) {
    return genesis(BITCOIN_MESSAGE, BITCOIN_KEY, time, bits, nonce);
  }

  private static Block litecoinGenesis(long time, int bits, long nonce) {
    return genesis(LITECOIN_MESSAGE, LITECOIN_KEY, time, bits, nonce);
  }

  private static Block genesis(String message, String key, long time, int bits, long nonce) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    byte[] scriptSig =
        new WireWriter()
            .bytes(HexFormat.of().parseHex("04ffff001d0104"))
            .bytes(Scripts.push(text))
            .toBytes();
    byte[] script =
        new WireWriter().bytes(Scripts.push(HexFormat.of().parseHex(key))).uint8(0xac).toBytes();
    Transaction coinbase =
        new Transaction(
            1,
            List.of(new Input(OutPoint.NULL, scriptSig, Input.SEQUENCE_FINAL)),
            List.of(new Output(50 * COIN, script)),
            0);
    Hash root = MerkleRoot.ofTransactions(List.of(coinbase)).root();
    BlockHeader header =
        new BlockHeader(1, Hash.ZERO, root, time, Integer.toUnsignedLong(bits), nonce);
    return new Block(header, List.of(coinbase));
  }
}
