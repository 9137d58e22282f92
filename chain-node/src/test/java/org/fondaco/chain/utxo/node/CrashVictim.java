package org.fondaco.chain.utxo.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.utxo.Blocks;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;

/** A node that works until {@link CrashTest} kills it; a line is a block that was taken. */
final class CrashVictim {
  /** Witness script hash of what anyone may spend: standard, so that the pool takes it. */
  private static final byte[] PAID =
      new WireWriter().uint8(0).bytes(Scripts.push(Sha256.hash(Blocks.ANYONE))).toBytes();

  private static final long FEE = 10_000;

  private final UtxoNode node;

  private CrashVictim(UtxoNode node) {
    this.node = node;
  }

  static UtxoNode.Settings settings(Path folder) {
    return new UtxoNode.Settings(UtxoNetwork.BTC_REGTEST, folder, "127.0.0.1", 0, null, 1, true);
  }

  static void writeBlocks(Path file, List<Block> blocks) throws IOException {
    HexFormat hex = HexFormat.of();
    Files.write(file, blocks.stream().map(block -> hex.formatHex(block.encode())).toList());
  }

  static List<Block> readBlocks(Path file) throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      blocks.add(Block.decode(HexFormat.of().parseHex(line), true));
    }
    return blocks;
  }

  /** Takes a folder, what to do, and a file of blocks. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    boolean reindex = arguments[1].equals("reindex");
    if (reindex) {
      System.out.println("open");
    }
    CrashVictim victim = new CrashVictim(UtxoNode.open(settings(folder), reindex));
    if (!reindex) {
      System.out.println("open");
    }
    switch (arguments[1]) {
      case "mine" -> victim.mine();
      case "import" -> victim.take(readBlocks(Path.of(arguments[2])));
      case "reorganise" -> victim.reorganise(readBlocks(Path.of(arguments[2])));
      case "reindex" -> System.out.println(victim.node.chain().tip().hash());
      default -> throw new IllegalArgumentException(arguments[1]);
    }
    Thread.currentThread().join(); // until it is killed
  }

  private void mine() throws InterruptedException {
    UtxoChain chain = node.chain();
    while (true) {
      int mature = chain.tip().height() - 99;
      if (mature > 0) {
        Hash hash = Objects.requireNonNull(chain.at(mature)).hash();
        Transaction coinbase = Objects.requireNonNull(chain.block(hash)).transactions().getFirst();
        Transaction first = spend(coinbase);
        offer(first);
        offer(spend(first));
      }
      System.out.println(Objects.requireNonNull(node.miner().mine(PAID, () -> false)).hash());
    }
  }

  private void offer(Transaction transaction) {
    if (node.pool().accept(transaction) instanceof Mempool.Verdict.Refused refused
        && !refused.reason().startsWith("txn-already")) {
      throw new IllegalStateException(refused.reason());
    }
  }

  private static Transaction spend(Transaction spent) {
    Input input =
        new Input(new OutPoint(spent.txid(), 0), new byte[0], Input.SEQUENCE_FINAL)
            .withWitness(List.of(Blocks.ANYONE));
    long value = spent.outputs().getFirst().value();
    return new Transaction(2, List.of(input), List.of(new Output(value - FEE, PAID)), 0);
  }

  private void take(List<Block> blocks) {
    for (Block block : blocks) {
      if (node.chain().accept(block) instanceof UtxoChain.Acceptance.Connected) {
        System.out.println(block.hash());
      }
    }
  }

  /** Goes from one line to the other and back; the last block is the tip of the longer one. */
  private void reorganise(List<Block> blocks) {
    UtxoChain chain = node.chain();
    blocks.forEach(chain::accept);
    Hash longer = blocks.getLast().hash();
    Hash first = Objects.requireNonNull(chain.entry(longer)).ancestor(CrashTest.FORK + 1).hash();
    while (true) {
      chain.reconsider(Objects.requireNonNull(chain.entry(longer)));
      System.out.println(chain.tip().hash());
      chain.invalidate(Objects.requireNonNull(chain.entry(first)));
      System.out.println(chain.tip().hash());
    }
  }
}
