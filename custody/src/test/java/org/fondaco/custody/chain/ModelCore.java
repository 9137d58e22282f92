package org.fondaco.custody.chain;

import fr.acinq.bitcoin.Transaction;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fondaco.custody.chain.CoreBlock.OutPoint;
import org.fondaco.custody.chain.CoreBlock.Output;
import org.jspecify.annotations.Nullable;

/**
 * A chain of outputs in memory that does as it is told: blocks, branches, a mempool, and lies.
 * Scripts are not run; an output is spent once on a branch. Coins from outside are inputs that no
 * block made. Deterministic: the same calls give the same hashes.
 */
public final class ModelCore implements CoreNode {
  private static final BigInteger FEE_RATE = BigInteger.valueOf(2_000);
  private static final long BLOCK_SECONDS = 600;

  private final String name;
  private final Map<String, CoreBlock> blocks = new HashMap<>();
  private final List<CoreBlock> chain = new ArrayList<>();
  private final Map<String, CoreBlock.Transaction> mempool = new LinkedHashMap<>();
  private long made;
  private Lie lie = Lie.NONE;
  private boolean replaces = true;

  public ModelCore(String name) {
    this.name = name;
    append(List.of());
  }

  /** From now on the node is wrong in this way. */
  public void lie(Lie how) {
    lie = how;
  }

  /** Whether the mempool takes a transaction in place of one that pays less; on at first. */
  public void replaces(boolean on) {
    replaces = on;
  }

  private String invent(String what) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((name + "|" + what + "|" + ++made).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  // Transactions.

  /** An input that no block made. */
  public OutPoint outside() {
    return new OutPoint(invent("outside"), 0);
  }

  /** An output to be. */
  public static Output output(String script, BigInteger atoms) {
    return new Output(0, script, atoms, null);
  }

  /** A transaction that nobody has been told of. */
  public CoreBlock.Transaction make(List<OutPoint> inputs, List<Output> outputs) {
    return transaction(invent("transaction"), false, inputs, outputs);
  }

  /** The same transaction with signatures that a third party changed: another id. */
  public CoreBlock.Transaction twin(CoreBlock.Transaction transaction) {
    return make(transaction.inputs(), transaction.outputs());
  }

  private static CoreBlock.Transaction transaction(
      String txid, boolean coinbase, List<OutPoint> inputs, List<Output> outputs) {
    List<Output> numbered = new ArrayList<>();
    for (Output output : outputs) {
      numbered.add(new Output(numbered.size(), output.script(), output.atoms(), output.token()));
    }
    return new CoreBlock.Transaction(txid, coinbase, List.copyOf(inputs), List.copyOf(numbered));
  }

  /** Puts a transaction into the mempool, conflicting ones out; false when a block forbids it. */
  public boolean submit(CoreBlock.Transaction transaction) {
    Set<OutPoint> spent = spent();
    if (onChain(transaction.txid()) || transaction.inputs().stream().anyMatch(spent::contains)) {
      return false;
    }
    evict(transaction.inputs());
    mempool.put(transaction.txid(), transaction);
    return true;
  }

  /** Forgets a transaction that is not mined, and what spends it. */
  public void forget(String txid) {
    CoreBlock.Transaction gone = mempool.remove(txid);
    if (gone != null) {
      evict(gone.outputs().stream().map(o -> new OutPoint(txid, o.vout())).toList());
    }
  }

  private void evict(Collection<OutPoint> inputs) {
    Set<OutPoint> taken = new HashSet<>(inputs);
    List<String> gone =
        mempool.values().stream()
            .filter(t -> t.inputs().stream().anyMatch(taken::contains))
            .map(CoreBlock.Transaction::txid)
            .toList();
    gone.forEach(this::forget);
  }

  /** What waits. */
  public List<CoreBlock.Transaction> mempool() {
    return List.copyOf(mempool.values());
  }

  private Set<OutPoint> spent() {
    Set<OutPoint> spent = new HashSet<>();
    chain.forEach(b -> b.transactions().forEach(t -> spent.addAll(t.inputs())));
    return spent;
  }

  private boolean onChain(String txid) {
    return chain.stream()
        .anyMatch(b -> b.transactions().stream().anyMatch(t -> t.txid().equals(txid)));
  }

  // Blocks.

  /** A block with the whole mempool. */
  public CoreBlock mine() {
    return mine(null);
  }

  /** A block with the whole mempool whose coins go to a script. */
  public CoreBlock mine(@Nullable String miner) {
    List<CoreBlock.Transaction> transactions = new ArrayList<>();
    if (miner != null) {
      transactions.add(
          transaction(
              invent("coinbase"),
              true,
              List.of(),
              List.of(output(miner, BigInteger.valueOf(5_000_000_000L)))));
    }
    transactions.addAll(mempool.values());
    mempool.clear();
    return append(transactions);
  }

  /** Blocks with the mempool in the first. */
  public void mine(int count) {
    for (int i = 0; i < count; i++) {
      mine();
    }
  }

  private CoreBlock append(List<CoreBlock.Transaction> transactions) {
    String parent = chain.isEmpty() ? "0".repeat(64) : chain.getLast().hash();
    CoreBlock block =
        new CoreBlock(
            chain.size(),
            invent("block"),
            parent,
            1_700_000_000 + chain.size() * BLOCK_SECONDS,
            List.copyOf(transactions));
    blocks.put(block.hash(), block);
    chain.add(block);
    return block;
  }

  /** Takes blocks off the chain; their transactions wait again (Core's invalidateblock). */
  public List<CoreBlock.Transaction> disconnect(int count) {
    List<CoreBlock.Transaction> returned = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      returned.addAll(0, chain.removeLast().transactions());
    }
    List<CoreBlock.Transaction> waiting = new ArrayList<>(mempool.values());
    mempool.clear();
    returned.removeIf(CoreBlock.Transaction::coinbase);
    returned.forEach(t -> mempool.put(t.txid(), t));
    waiting.forEach(this::submit);
    return returned;
  }

  /** The canonical chain from genesis. */
  public List<CoreBlock> chain() {
    return List.copyOf(chain);
  }

  /** A block of any branch. */
  public CoreBlock any(String hash) {
    return Optional.ofNullable(blocks.get(hash)).orElseThrow();
  }

  /** The branch that ends with a block, from genesis. */
  public List<CoreBlock> branch(String hash) {
    List<CoreBlock> branch = new ArrayList<>();
    for (CoreBlock b = blocks.get(hash); b != null; b = blocks.get(b.parent())) {
      branch.addFirst(b);
    }
    return branch;
  }

  // Bitcoin Core's JSON-RPC.

  private void answerOrNot() {
    if (lie == Lie.AWAY) {
      throw new NodeUnavailable("connection refused");
    }
  }

  @Override
  public Optional<String> blockHash(long height) {
    answerOrNot();
    if (height < 0 || height >= chain.size()) {
      return Optional.empty();
    }
    return Optional.of(
        lie == Lie.INVENTED_HASHES && height > 0
            ? "ab".repeat(32)
            : chain.get((int) height).hash());
  }

  @Override
  public long tip() {
    answerOrNot();
    long tip = chain.size() - 1L;
    return switch (lie) {
      case TIP_BACK -> Math.max(0, tip - 3);
      case TIP_AHEAD -> tip + 3;
      default -> tip;
    };
  }

  @Override
  public String bestHash() {
    answerOrNot();
    return chain.getLast().hash();
  }

  @Override
  public Optional<CoreBlock> block(String hash) {
    answerOrNot();
    CoreBlock block = blocks.get(hash);
    return switch (lie) {
      case MISSING_BLOCKS -> Optional.empty();
      case OTHER_BLOCK -> Optional.of(chain.getFirst());
      default -> Optional.ofNullable(block).map(this::told);
    };
  }

  private CoreBlock told(CoreBlock block) {
    List<CoreBlock.Transaction> transactions = new ArrayList<>(block.transactions());
    if (lie == Lie.WRONG_CONTENT) {
      CoreBlock.Transaction invented = transaction("cd".repeat(32), false, List.of(), List.of());
      transactions.add(invented);
      transactions.add(invented);
    }
    return new CoreBlock(
        lie == Lie.WRONG_HEIGHT ? block.height() + 1 : block.height(),
        block.hash(),
        lie == Lie.WRONG_PARENT ? "ef".repeat(32) : block.parent(),
        block.time(),
        transactions);
  }

  @Override
  public Optional<Unspent> unspent(OutPoint output, boolean withMempool) {
    answerOrNot();
    Set<OutPoint> spent = spent();
    if (withMempool) {
      mempool.values().forEach(t -> spent.addAll(t.inputs()));
    }
    if (spent.contains(output)) {
      return Optional.empty();
    }
    for (CoreBlock block : chain) {
      for (CoreBlock.Transaction transaction : block.transactions()) {
        if (transaction.txid().equals(output.txid())
            && output.vout() < transaction.outputs().size()) {
          return Optional.of(
              unspent(transaction.outputs().get(output.vout()), chain.size() - block.height()));
        }
      }
    }
    CoreBlock.Transaction waiting = withMempool ? mempool.get(output.txid()) : null;
    return waiting == null || output.vout() >= waiting.outputs().size()
        ? Optional.empty()
        : Optional.of(unspent(waiting.outputs().get(output.vout()), 0));
  }

  private Unspent unspent(Output output, long confirmations) {
    return new Unspent(chain.getLast().hash(), confirmations, output.atoms(), output.script());
  }

  /** Takes real raw transactions; fees and signatures are not looked at. */
  @Override
  public Sent send(String rawHex) {
    answerOrNot();
    Transaction read = Transaction.read(rawHex);
    List<OutPoint> inputs =
        read.txIn.stream()
            .map(in -> new OutPoint(in.outPoint.txid.toString(), (int) in.outPoint.index))
            .toList();
    List<Output> outputs =
        read.txOut.stream()
            .map(
                out -> output(out.publicKeyScript.toHex(), BigInteger.valueOf(out.amount.toLong())))
            .toList();
    String txid = read.txid.toString();
    if (mempool.containsKey(txid)) {
      return new Sent(true, 0, "");
    }
    if (onChain(txid)) {
      return new Sent(true, -27, "txn-already-known");
    }
    Set<OutPoint> waiting = new HashSet<>();
    mempool.values().forEach(t -> waiting.addAll(t.inputs()));
    if (!replaces && inputs.stream().anyMatch(waiting::contains)) {
      return new Sent(false, -26, "txn-mempool-conflict");
    }
    boolean known =
        inputs.stream().allMatch(in -> unspent(in, true).isPresent() || waiting.contains(in));
    if (!known || !submit(transaction(txid, false, inputs, outputs))) {
      return new Sent(false, -25, "bad-txns-inputs-missingorspent");
    }
    return new Sent(true, 0, "");
  }

  @Override
  public boolean inMempool(String txid) {
    answerOrNot();
    return mempool.containsKey(txid);
  }

  @Override
  public BigInteger feeRate(int blocks) {
    answerOrNot();
    return FEE_RATE;
  }

  @Override
  public BigInteger minimumFeeRate() {
    answerOrNot();
    return FEE_RATE.shiftRight(1);
  }
}
