package org.fondaco.bench.chain;

import fr.acinq.secp256k1.Secp256k1;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.fondaco.chain.crypto.ShortHash;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.block.BlockHeader;
import org.fondaco.chain.utxo.block.MerkleRoot;
import org.fondaco.chain.utxo.block.WitnessCommitment;
import org.fondaco.chain.utxo.consensus.BlockRules;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.pow.CompactTarget;
import org.fondaco.chain.utxo.pow.NonceSearch;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.script.SignatureHash;
import org.fondaco.chain.utxo.script.Spending;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;

/** Blocks on one another from a regtest's genesis on, whose outputs belong to one key. */
public final class MinedChain {
  private static final Secp256k1 LIBRARY = Secp256k1.Companion.get();
  private static final int VERSION = 0x20000000;
  private static final int SPACING_SECONDS = 600;

  private final Consensus consensus;
  private final byte[] secret = new byte[32];
  private final byte[] key;
  private final byte[] paid;
  private final byte[] code;
  private BlockHeader tip;
  private int height;

  public MinedChain(Consensus consensus) {
    this.consensus = consensus;
    secret[31] = 7;
    key = LIBRARY.pubKeyCompress(LIBRARY.pubkeyCreate(secret));
    byte[] hash = ShortHash.hash160(key);
    paid = new WireWriter().uint8(0).bytes(Scripts.push(hash)).toBytes();
    code =
        new WireWriter()
            .uint8(0x76)
            .uint8(0xa9)
            .bytes(Scripts.push(hash))
            .uint8(0x88)
            .uint8(0xac)
            .toBytes();
    tip = consensus.genesis().header();
  }

  public byte[] key() {
    return key.clone();
  }

  /** The script of the key: version 0, key hash. */
  public byte[] paid() {
    return paid.clone();
  }

  /** What a signature over such an output's script signs. */
  public byte[] code() {
    return code.clone();
  }

  /** The next block, with transactions that leave no fee. */
  public Block next(List<Transaction> transactions) {
    height++;
    List<Transaction> all = new ArrayList<>();
    all.add(coinbase(transactions));
    all.addAll(transactions);
    BlockHeader header =
        new BlockHeader(
            VERSION,
            tip.hash(),
            MerkleRoot.ofTransactions(all).root(),
            tip.time() + SPACING_SECONDS,
            tip.bits(),
            0);
    long nonce =
        new NonceSearch(consensus.work(), new LongAdder())
            .find(header.encode(), CompactTarget.decode((int) tip.bits()), 0, 1, () -> false)
            .orElseThrow();
    tip = header.withNonce(nonce);
    return new Block(tip, all);
  }

  private Transaction coinbase(List<Transaction> others) {
    byte[] script = new WireWriter().bytes(BlockRules.heightPush(height)).uint8(0).toBytes();
    Input input = new Input(OutPoint.NULL, script, Input.SEQUENCE_FINAL);
    List<Output> outputs = new ArrayList<>(List.of(new Output(consensus.subsidy(height), paid)));
    if (others.stream().noneMatch(Transaction::hasWitness)) {
      return new Transaction(1, List.of(input), outputs, 0);
    }
    byte[] reserved = new byte[Hash.BYTES];
    List<Transaction> all =
        new ArrayList<>(List.of(new Transaction(1, List.of(input), outputs, 0)));
    all.addAll(others);
    Hash commitment = WitnessCommitment.expected(all, reserved);
    outputs.add(new Output(0, WitnessCommitment.script(commitment)));
    return new Transaction(1, List.of(input.withWitness(List.of(reserved))), outputs, 0);
  }

  /** Spends an output of the key to others of the key, signed. */
  public Transaction spend(OutPoint outPoint, long value, int outputs) {
    return spend(outPoint, value, outputs, paid);
  }

  /** Spends an output of the key to equal outputs of a script, signed. */
  public Transaction spend(OutPoint outPoint, long value, int outputs, byte[] script) {
    List<Output> made = new ArrayList<>(outputs);
    for (int i = 0; i < outputs; i++) {
      made.add(new Output(value / outputs, script));
    }
    Input input = new Input(outPoint, new byte[0], Input.SEQUENCE_FINAL);
    Transaction unsigned = new Transaction(2, List.of(input), made, 0);
    Spending spending = new Spending(unsigned, List.of(new Output(value, paid)));
    byte[] hash = SignatureHash.segregated(spending, 0, code, SignatureHash.ALL);
    byte[] der = LIBRARY.compact2der(LIBRARY.sign(hash, secret, null));
    byte[] signature = new WireWriter().bytes(der).uint8(SignatureHash.ALL).toBytes();
    return new Transaction(2, List.of(input.withWitness(List.of(signature, key))), made, 0);
  }
}
