package org.fondaco.chain.utxo.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.fondaco.chain.store.MemoryStore;
import org.fondaco.chain.utxo.Blocks;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.block.BlockHeader;
import org.fondaco.chain.utxo.chain.UtxoChain.Acceptance;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.Consensus.Coin;
import org.fondaco.chain.utxo.consensus.Networks;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireException;
import org.fondaco.chain.word.Hash;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each field of a good block and of a good transaction made wrong, on every coin. */
class EveryFieldTest {
  private static final long SEED = 20261128;
  private static final long NOW = 2_000_000_000;
  private static final int OPERATIONS_MAX = 20_000;

  /** A chain whose first coinbase is mature, and a good block that spends it. */
  private static final class Rig {
    final Consensus consensus;
    final UtxoChain chain;
    final Blocks blocks;
    final Block good;
    final OutPoint mature;
    final Transaction spend;

    Rig(Consensus consensus) {
      this.consensus = consensus;
      chain = UtxoChain.open(new MemoryStore(), consensus, UtxoCheck.CLOCK);
      blocks = new Blocks(consensus);
      Block first = RandomTree.grow(chain, blocks, 101).getFirst();
      mature = new OutPoint(first.transactions().getFirst().txid(), 0);
      spend = Blocks.spend(List.of(mature), 4_999_998_000L, 1_000);
      good = blocks.next(chain.tip(), List.of(spend), 1_000);
    }

    Block header(UnaryOperator<BlockHeader> change) {
      return blocks.mined(change.apply(good.header()), good.transactions());
    }

    Block with(Transaction... transactions) {
      List<Transaction> all = new ArrayList<>(List.of(good.transactions().getFirst()));
      all.addAll(List.of(transactions));
      return blocks.with(good, all);
    }

    Block coinbase(UnaryOperator<Transaction> change) {
      return blocks.with(good, List.of(change.apply(good.transactions().getFirst()), spend));
    }

    void refuses(Map<String, Block> wrong, String reason) {
      wrong.forEach((name, block) -> refuses(name, block, reason));
    }

    void refuses(String name, Block block, String reason) {
      BlockEntry tip = chain.tip();
      Hash before = chain.statistics().hash();
      assertThat(chain.accept(block))
          .as("%s: %s", consensus.coin(), name)
          .isEqualTo(new Acceptance.Invalid(reason));
      assertThat(chain.tip()).isSameAs(tip);
      assertThat(chain.statistics().hash()).isEqualTo(before);
    }

    /** Nothing that came before spoiled the good block. */
    void takesTheGoodBlock() {
      assertThat(chain.accept(good)).isEqualTo(new Acceptance.Connected());
      UtxoCheck.check(chain);
    }
  }

  static Stream<Consensus> coins() {
    return Stream.of(
        Networks.bitcoinRegtest(),
        Networks.bitcoinCashRegtest(),
        Networks.litecoinRegtest(),
        Networks.sixHashRegtest());
  }

  private static BlockHeader version(BlockHeader h, int version) {
    return new BlockHeader(version, h.previous(), h.merkleRoot(), h.time(), h.bits(), 0);
  }

  private static BlockHeader time(BlockHeader h, long time) {
    return new BlockHeader(h.version(), h.previous(), h.merkleRoot(), time, h.bits(), 0);
  }

  private static BlockHeader previous(BlockHeader h, Hash previous) {
    return new BlockHeader(h.version(), previous, h.merkleRoot(), h.time(), h.bits(), 0);
  }

  private static BlockHeader bits(BlockHeader h, long bits) {
    return new BlockHeader(h.version(), h.previous(), h.merkleRoot(), h.time(), bits, h.nonce());
  }

  @ParameterizedTest
  @MethodSource("coins")
  void header(Consensus consensus) {
    Rig rig = new Rig(consensus);
    for (int version : new int[] {-1, Integer.MIN_VALUE, 0, 1, 2, 3}) {
      rig.refuses(
          "version",
          rig.header(h -> version(h, version)),
          String.format("bad-version(0x%08x)", version));
    }
    if (consensus.coin() == Coin.LTC) {
      rig.refuses("version", rig.header(h -> version(h, 4)), "bad-version(0x00000004)");
    }
    assertThat(rig.chain.accept(rig.header(h -> previous(h, Hash.ZERO))))
        .isEqualTo(new Acceptance.Orphan());
    Block failed = rig.coinbase(old -> outputs(old, Long.MAX_VALUE));
    rig.refuses("value", failed, "bad-txns-vout-toolarge");
    long past = rig.chain.tip().medianTimePast();
    rig.refuses("time", rig.header(h -> time(h, past)), "time-too-old");
    rig.refuses("time", rig.header(h -> time(h, 0)), "time-too-old");
    rig.refuses("time", rig.header(h -> time(h, NOW + 7_201)), "time-too-new");
    rig.refuses("time", rig.header(h -> time(h, 0xffff_ffffL)), "time-too-new");
    rig.refuses("bits", rig.header(h -> bits(h, 0x207ffffeL)), "bad-diffbits");
    for (long bits : new long[] {0, 0x2100ffffL, 0x20ffffffL, 0xff7fffffL, 0x01003456L}) {
      Block block = new Block(bits(rig.good.header(), bits), rig.good.transactions());
      rig.refuses("bits " + bits, block, "high-hash");
    }
    rig.refuses(
        "nonce",
        new Block(rig.blocks.unworked(rig.good.header()), rig.good.transactions()),
        "high-hash");
    rig.takesTheGoodBlock();
  }

  /** What builds on a block that broke a rule in its context is refused for that. */
  @ParameterizedTest
  @MethodSource("coins")
  void parent(Consensus consensus) {
    Rig rig = new Rig(consensus);
    Block failed = rig.coinbase(old -> outputs(old, 5_000_001_001L));
    rig.refuses("amount", failed, "bad-cb-amount");
    rig.refuses("again", failed, "duplicate-invalid");
    BlockEntry entry = Objects.requireNonNull(rig.chain.entry(failed.hash()));
    rig.refuses("child", rig.blocks.next(entry), "bad-prevblk");
    rig.takesTheGoodBlock();
  }

  private static Transaction outputs(Transaction old, long... values) {
    List<Output> outputs = new ArrayList<>();
    for (long value : values) {
      outputs.add(new Output(value, Blocks.ANYONE));
    }
    return new Transaction(old.version(), old.inputs(), outputs, old.lockTime());
  }

  private static Transaction inputs(Transaction old, Input... inputs) {
    return new Transaction(old.version(), List.of(inputs), old.outputs(), old.lockTime());
  }

  private static Transaction scriptSig(Transaction old, byte[] script) {
    return inputs(old, old.inputs().getFirst().withScript(script));
  }

  @ParameterizedTest
  @MethodSource("coins")
  void coinbase(Consensus consensus) {
    Rig rig = new Rig(consensus);
    Transaction first = rig.good.transactions().getFirst();
    rig.refuses("none", rig.blocks.with(rig.good, List.of()), "bad-blk-length");
    rig.refuses("not first", rig.blocks.with(rig.good, List.of(rig.spend)), "bad-cb-missing");
    rig.refuses(
        "twice", rig.with(outputs(first, 1, 2), rig.spend, outputs(first, 3)), "bad-cb-multiple");
    rig.refuses("same twice", rig.with(rig.spend, rig.spend, rig.spend), "bad-txns-duplicate");
    rig.refuses("short", rig.coinbase(old -> scriptSig(old, new byte[1])), "bad-cb-length");
    rig.refuses("long", rig.coinbase(old -> scriptSig(old, new byte[101])), "bad-cb-length");
    byte[] wrong = first.inputs().getFirst().scriptSig().clone();
    wrong[1] ^= 1;
    Block otherHeight = rig.coinbase(old -> scriptSig(old, wrong));
    if (consensus.forks().bip34() < 102) {
      rig.refuses("height", otherHeight, "bad-cb-height");
    }
    long max = consensus.moneyMax();
    rig.refuses("negative", rig.coinbase(old -> outputs(old, -1)), "bad-txns-vout-negative");
    rig.refuses("large", rig.coinbase(old -> outputs(old, max + 1)), "bad-txns-vout-toolarge");
    rig.refuses("total", rig.coinbase(old -> outputs(old, max, 1)), "bad-txns-txouttotal-toolarge");
    rig.refuses("amount", rig.coinbase(old -> outputs(old, 5_000_001_001L)), "bad-cb-amount");
    rig.takesTheGoodBlock();
  }

  private static Transaction lockTime(Transaction old, long lockTime) {
    Input open = new Input(old.inputs().getFirst().outPoint(), new byte[0], 0);
    return new Transaction(1, List.of(open), old.outputs(), lockTime);
  }

  /** What needs no unspent output. */
  @ParameterizedTest
  @MethodSource("coins")
  void transactionAlone(Consensus consensus) {
    Rig rig = new Rig(consensus);
    Transaction t = rig.spend;
    long max = consensus.moneyMax();
    Input input = t.inputs().getFirst();
    Map<String, Transaction> wrong = new LinkedHashMap<>();
    wrong.put("bad-txns-vin-empty", inputs(t));
    wrong.put("bad-txns-vout-empty", outputs(t));
    wrong.put("bad-txns-vout-negative", outputs(t, Long.MIN_VALUE, 1));
    wrong.put("bad-txns-vout-toolarge", outputs(t, 1, max + 1));
    wrong.put("bad-txns-txouttotal-toolarge", outputs(t, max, max));
    wrong.put("bad-txns-inputs-duplicate", inputs(t, input, input));
    wrong.put(
        "bad-txns-prevout-null",
        inputs(t, input, new Input(OutPoint.NULL, new byte[0], Input.SEQUENCE_FINAL)));
    wrong.put("bad-txns-nonfinal", lockTime(t, 103));
    if (consensus.isCash()) {
      wrong.put("bad-txns-version", new Transaction(3, t.inputs(), t.outputs(), 0));
      wrong.put("bad-txns-undersize", outputs(t, 1));
      wrong.put("bad-txns-oversize", scriptSig(t, new byte[1_000_000]));
    } else {
      byte[] signatures = new byte[OPERATIONS_MAX + 1];
      Arrays.fill(signatures, (byte) 0xac);
      wrong.put("bad-blk-sigops", scriptSig(t, signatures));
      wrong.put("bad-blk-length", scriptSig(t, new byte[1_000_000]));
    }
    wrong.forEach((reason, each) -> rig.refuses(reason, rig.with(each), reason));
    rig.refuses("time", rig.with(lockTime(t, 1_900_000_000)), "bad-txns-nonfinal");
    rig.takesTheGoodBlock();
  }

  /** What an unspent output is needed for. */
  @ParameterizedTest
  @MethodSource("coins")
  void transactionAndWhatItSpends(Consensus consensus) {
    Rig rig = new Rig(consensus);
    OutPoint mature = rig.mature;
    Map<String, Block> missing = new LinkedHashMap<>();
    missing.put("txid", rig.with(spend(new OutPoint(Hash.ZERO, 0), 9)));
    missing.put("index", rig.with(spend(new OutPoint(mature.txid(), 1), 9)));
    missing.put("twice", rig.with(sorted(rig, rig.spend, spend(mature, 9))));
    if (!consensus.isCash()) {
      Transaction child = spend(new OutPoint(rig.spend.txid(), 0), 9);
      missing.put("child first", rig.with(child, rig.spend));
    }
    rig.refuses(missing, "bad-txns-inputs-missingorspent");
    rig.refuses("more", rig.with(spend(mature, 5_000_000_000L)), "bad-txns-in-belowout");
    OutPoint young = new OutPoint(coinbaseAt(rig, 50), 0);
    rig.refuses("young", rig.with(spend(young, 9)), "bad-txns-premature-spend-of-coinbase");
    if (consensus.forks().csv() < 102) {
      Input waits = new Input(mature, new byte[0], 200);
      Transaction early = new Transaction(2, List.of(waits), rig.spend.outputs(), 0);
      rig.refuses("sequence", rig.with(early), "bad-txns-nonfinal");
    }
    String script = "block-script-verify-flag-failed (%s)";
    Transaction returns = scriptSig(rig.spend, new byte[] {0x6a});
    String word =
        consensus.isCash()
            ? "Only push operators allowed in signatures"
            : "OP_RETURN was encountered";
    rig.refuses("script", rig.with(returns), String.format(script, word));
    if (!consensus.isCash()) {
      byte[] huge = new byte[10_001];
      Arrays.fill(huge, (byte) 0x51);
      rig.refuses(
          "huge", rig.with(scriptSig(rig.spend, huge)), String.format(script, "Script is too big"));
      Arrays.fill(huge, (byte) 0x61);
      byte[] many = Arrays.copyOf(huge, 202);
      rig.refuses(
          "operations",
          rig.with(scriptSig(rig.spend, many)),
          String.format(script, "Operation limit exceeded"));
    }
    rig.takesTheGoodBlock();
  }

  private static Hash coinbaseAt(Rig rig, int height) {
    Hash hash = Objects.requireNonNull(rig.chain.at(height)).hash();
    return Objects.requireNonNull(rig.chain.block(hash)).transactions().getFirst().txid();
  }

  private static Transaction spend(OutPoint outPoint, long value) {
    return Blocks.spend(List.of(outPoint), value, 1);
  }

  private static Transaction[] sorted(Rig rig, Transaction... transactions) {
    List<Transaction> all = new ArrayList<>(List.of(transactions));
    if (rig.consensus.isCash()) {
      all.sort(
          java.util.Comparator.comparing(
              Transaction::txid, org.fondaco.chain.utxo.consensus.BlockRules::compareIds));
    }
    return all.toArray(Transaction[]::new);
  }

  @ParameterizedTest
  @MethodSource("coins")
  void witness(Consensus consensus) {
    Rig rig = new Rig(consensus);
    Transaction witnessed =
        inputs(rig.spend, rig.spend.inputs().getFirst().withWitness(List.of(new byte[] {1})));
    rig.refuses("no commitment", rig.with(witnessed), "unexpected-witness");
    if (consensus.hasWitness()) {
      Block committed = rig.blocks.next(rig.chain.tip(), List.of(witnessed), 1_000);
      Transaction first = committed.transactions().getFirst();
      Input input = first.inputs().getFirst();
      rig.refuses(
          "reserved",
          body(rig, committed, inputs(first, input.withWitness(List.of(new byte[31]))), witnessed),
          "bad-witness-nonce-size");
      rig.refuses(
          "no reserved",
          body(rig, committed, inputs(first, input.withWitness(List.of())), witnessed),
          "bad-witness-nonce-size");
      Transaction other =
          inputs(rig.spend, rig.spend.inputs().getFirst().withWitness(List.of(new byte[] {2})));
      rig.refuses("changed", body(rig, committed, first, other), "bad-witness-merkle-match");
      rig.refuses(
          "not asked for",
          committed,
          "block-script-verify-flag-failed (Witness provided for non-witness script)");
    }
    rig.takesTheGoodBlock();
  }

  private static Block body(Rig rig, Block block, Transaction... transactions) {
    return rig.blocks.with(block, List.of(transactions));
  }

  /** Any byte behind the header changed, or all bytes from it on missing. */
  @ParameterizedTest
  @MethodSource("coins")
  void everyByte(Consensus consensus) {
    Rig rig = new Rig(consensus);
    byte[] bytes = rig.good.encode();
    Random random = new Random(SEED);
    for (int at = BlockHeader.BYTES; at < bytes.length; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= (byte) (1 + random.nextInt(255));
      for (byte[] wrong : List.of(changed, Arrays.copyOf(bytes, at))) {
        try {
          Block block = Block.decode(wrong, consensus.hasWitness());
          rig.refuses("byte " + at, block, "bad-txnmrklroot");
        } catch (WireException e) {
          assertThat(e).hasMessageNotContaining("null");
        }
      }
    }
    rig.takesTheGoodBlock();
  }

  /** Of the same transactions in another order only the one that they came in is good. */
  @ParameterizedTest
  @MethodSource("coins")
  void order(Consensus consensus) {
    Rig rig = new Rig(consensus);
    OutPoint first = new OutPoint(rig.spend.txid(), 0);
    Transaction child = spend(first, 100_000);
    List<Transaction> both = new ArrayList<>(List.of(sorted(rig, rig.spend, child)));
    Collections.reverse(both);
    rig.refuses(
        "order",
        rig.with(both.toArray(Transaction[]::new)),
        consensus.isCash() ? "tx-ordering" : "bad-txns-inputs-missingorspent");
    rig.takesTheGoodBlock();
  }
}
