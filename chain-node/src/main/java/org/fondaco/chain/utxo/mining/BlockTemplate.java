package org.fondaco.chain.utxo.mining;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.block.BlockHeader;
import org.fondaco.chain.utxo.block.MerkleRoot;
import org.fondaco.chain.utxo.block.WitnessCommitment;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.consensus.BlockRules;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.mempool.MempoolEntry;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Everything of the next block but its coinbase and its work.
 *
 * @param parent the tip that it builds on
 * @param entries of the pool, in the order of the block
 * @param coinbaseValue subsidy and fees, in satoshi
 * @param version of the header
 * @param minimumTimeSeconds one after the median time past
 * @param timeSeconds now, or later where the chain is ahead of the clock
 */
public record BlockTemplate(
    Consensus consensus,
    BlockEntry parent,
    List<MempoolEntry> entries,
    long coinbaseValue,
    int version,
    int bits,
    long minimumTimeSeconds,
    long timeSeconds) {
  /** BIP-9's mark and no vote. */
  private static final int VERSION = 0x20000000;

  /** For the header, the count and the coinbase. */
  private static final int RESERVED_WEIGHT = 8_000;

  private static final int RESERVED_OPERATIONS = 400;
  private static final int RESERVED_VALUE_BYTES = 32;

  /** The template on the tip with what the pool has. */
  public static BlockTemplate create(UtxoChain chain, Mempool pool, InstantSource clock) {
    return chain.still(() -> {
      Consensus consensus = chain.consensus();
      BlockEntry parent = chain.tip();
      List<MempoolEntry> entries =
          new ArrayList<>(
              pool.select(
                  consensus.limits().weightMax() - RESERVED_WEIGHT,
                  consensus.limits().operationsMax() - RESERVED_OPERATIONS));
      if (consensus.isCash()) {
        entries.sort(Comparator.comparing(MempoolEntry::txid, BlockRules::compareIds));
      }
      long fees = entries.stream().mapToLong(MempoolEntry::fee).sum();
      long minimum = parent.medianTimePast() + 1;
      long time = Math.max(minimum, clock.instant().getEpochSecond());
      return new BlockTemplate(
          consensus,
          parent,
          List.copyOf(entries),
          consensus.subsidy(parent.height() + 1) + fees,
          VERSION,
          consensus.retarget().next(parent, time),
          minimum,
          time);
    });
  }

  public int height() {
    return parent.height() + 1;
  }

  /** What the coinbase has to commit to with a reserved value of zeros; null without witnesses. */
  public @Nullable Hash witnessCommitment() {
    if (height() < consensus.forks().segwit()) {
      return null;
    }
    List<Transaction> all = new ArrayList<>();
    all.add(coinbase(new byte[0], 0, null));
    entries.forEach(entry -> all.add(entry.transaction()));
    return WitnessCommitment.expected(all, new byte[RESERVED_VALUE_BYTES]);
  }

  /**
   * The block that pays a script; its work is to be done.
   *
   * @param extraNonce makes the coinbase another, and with it the header
   */
  public Block block(byte[] script, long extraNonce) {
    List<Transaction> all = new ArrayList<>();
    all.add(coinbase(script, extraNonce, witnessCommitment()));
    entries.forEach(entry -> all.add(entry.transaction()));
    BlockHeader header =
        new BlockHeader(
            version,
            parent.hash(),
            MerkleRoot.ofTransactions(all).root(),
            timeSeconds,
            Integer.toUnsignedLong(bits),
            0);
    return new Block(header, all);
  }

  private Transaction coinbase(byte[] script, long extraNonce, @Nullable Hash commitment) {
    byte[] scriptSig =
        new WireWriter()
            .bytes(BlockRules.heightPush(height()))
            .uint8(Long.BYTES)
            .int64(extraNonce)
            .toBytes();
    Input input = new Input(OutPoint.NULL, scriptSig, Input.SEQUENCE_FINAL);
    List<Output> outputs = new ArrayList<>(List.of(new Output(coinbaseValue, script)));
    if (commitment != null) {
      outputs.add(new Output(0, WitnessCommitment.script(commitment)));
      input = input.withWitness(List.of(new byte[RESERVED_VALUE_BYTES]));
    }
    return new Transaction(2, List.of(input), outputs, 0);
  }
}
