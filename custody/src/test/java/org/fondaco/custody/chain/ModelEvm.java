package org.fondaco.custody.chain;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chain of accounts in memory that does as it is told: coins, tokens by their logs, value that no
 * transaction shows, branches, and lies. Deterministic: the same calls give the same hashes.
 */
public final class ModelEvm implements EvmNode {
  private static final String TRANSFER =
      "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
  static final BigInteger BASE_FEE = BigInteger.valueOf(1_000_000_000);
  private static final long BLOCK_SECONDS = 12;

  private final String name;
  private final long chainId;
  private final Map<String, EvmBlock> blocks = new HashMap<>();
  private final Map<String, ModelState> states = new HashMap<>();
  private final List<EvmBlock> chain = new ArrayList<>();
  private final Map<String, Call> calls = new HashMap<>();
  private final List<Call> pool = new ArrayList<>();

  /** What a real signed transaction may cost, without which no block takes it. */
  private final Map<String, BigInteger> reserves = new HashMap<>();

  private long made;
  private Lie lie = Lie.NONE;

  /**
   * A token transfer that a call makes.
   *
   * @param logged false for a token that moves without saying so
   */
  public record Move(String contract, String from, String to, BigInteger atoms, boolean logged) {}

  /**
   * What a transaction does when it is mined.
   *
   * @param hidden coins that go from the recipient's contract to an account without a log
   * @param logsBefore logs of no interest before the transfers
   */
  public record Call(
      EvmBlock.Transaction transaction,
      BigInteger fee,
      boolean succeeds,
      List<Move> moves,
      @Nullable Hidden hidden,
      int logsBefore) {}

  /** Coins that no transaction shows. */
  public record Hidden(String to, BigInteger atoms) {}

  public ModelEvm(String name, long chainId) {
    this.name = name;
    this.chainId = chainId;
    append(List.of(), new ModelState(new HashMap<>(), new HashMap<>()));
  }

  public void lie(Lie how) {
    lie = how;
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

  /** A plain payment of coins. */
  public Call pay(String from, long nonce, String to, BigInteger wei, BigInteger fee) {
    return call(from, nonce, to, wei, fee, true, List.of(), null, 0);
  }

  /** A call with all that it does. */
  public Call call(
      String from,
      long nonce,
      String to,
      BigInteger wei,
      BigInteger fee,
      boolean succeeds,
      List<Move> moves,
      @Nullable Hidden hidden,
      int logsBefore) {
    EvmBlock.Transaction transaction =
        new EvmBlock.Transaction(invent("transaction"), from, to, nonce, wei);
    Call call = new Call(transaction, fee, succeeds, List.copyOf(moves), hidden, logsBefore);
    calls.put(transaction.hash(), call);
    return call;
  }

  /** The same signed transaction, which does something else this time. */
  public Call otherwise(Call call, List<Move> moves, int logsBefore) {
    return new Call(
        call.transaction(),
        call.fee(),
        call.succeeds(),
        List.copyOf(moves),
        call.hidden(),
        logsBefore);
  }

  /** Puts a call into the pool, in place of one with the same sender and nonce. */
  public void submit(Call call) {
    pool.removeIf(c ->
        c.transaction().from().equals(call.transaction().from())
            && c.transaction().nonce() == call.transaction().nonce());
    pool.add(call);
  }

  public List<Call> pool() {
    return List.copyOf(pool);
  }

  public void forget(Call call) {
    pool.remove(call);
  }

  /** What a mined or waiting transaction was last told to do. */
  public Call call(String hash) {
    return Optional.ofNullable(calls.get(hash)).orElseThrow();
  }

  // Blocks.

  public void mine(int count) {
    for (int i = 0; i < count; i++) {
      mine();
    }
  }

  /** A block with every call of the pool whose nonce is next; the rest waits or is gone. */
  public EvmBlock mine() {
    ModelState state = state(chain.getLast().hash()).copy();
    List<Call> taken = new ArrayList<>();
    boolean again = true;
    while (again) {
      again = false;
      for (Call call : List.copyOf(pool)) {
        String from = call.transaction().from();
        long next = state.nonces().getOrDefault(from, 0L);
        if (call.transaction().nonce() < next) {
          pool.remove(call);
        } else if (call.transaction().nonce() == next
            && state.covers(call, reserves.get(call.transaction().hash()))) {
          pool.remove(call);
          state.nonces().put(from, next + 1);
          taken.add(state.execute(call, reserves.containsKey(call.transaction().hash())));
          again = true;
        }
      }
    }
    return append(taken, state);
  }

  private EvmBlock append(List<Call> taken, ModelState state) {
    String hash = invent("block");
    List<EvmBlock.Transaction> transactions = new ArrayList<>();
    List<EvmBlock.Receipt> receipts = new ArrayList<>();
    for (Call call : taken) {
      calls.put(call.transaction().hash(), call);
      transactions.add(call.transaction());
      receipts.add(
          new EvmBlock.Receipt(
              call.transaction().hash(), hash, call.succeeds(), call.fee(), logs(call)));
    }
    EvmBlock block =
        new EvmBlock(
            chain.size(),
            hash,
            chain.isEmpty() ? "0".repeat(64) : chain.getLast().hash(),
            1_700_000_000 + chain.size() * BLOCK_SECONDS,
            BASE_FEE,
            List.copyOf(transactions),
            List.copyOf(receipts));
    blocks.put(hash, block);
    states.put(hash, state);
    chain.add(block);
    return block;
  }

  private static List<EvmBlock.Log> logs(Call call) {
    List<EvmBlock.Log> logs = new ArrayList<>();
    if (call.succeeds()) {
      for (int i = 0; i < call.logsBefore(); i++) {
        logs.add(new EvmBlock.Log("99".repeat(20), List.of("11".repeat(32)), ""));
      }
      for (Move move : call.moves()) {
        if (move.logged()) {
          logs.add(
              new EvmBlock.Log(
                  move.contract(),
                  List.of(TRANSFER, word(move.from()), word(move.to())),
                  word(move.atoms().toString(16))));
        }
      }
    }
    return List.copyOf(logs);
  }

  private static String word(String hex) {
    return "0".repeat(64 - hex.length()) + hex;
  }

  /** Takes blocks off the chain and drops their calls (anvil's reorganisation); gives them back. */
  public List<Call> disconnect(int count) {
    Map<String, Call> returned = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      EvmBlock block = chain.removeLast();
      Map<String, Call> ofBlock = new LinkedHashMap<>();
      block.transactions().forEach(t -> ofBlock.put(t.hash(), calls.get(t.hash())));
      ofBlock.putAll(returned);
      returned.clear();
      returned.putAll(ofBlock);
    }
    return List.copyOf(returned.values());
  }

  public List<EvmBlock> chain() {
    return List.copyOf(chain);
  }

  /** The branch that ends with a block, from genesis. */
  public List<EvmBlock> branch(String hash) {
    List<EvmBlock> branch = new ArrayList<>();
    for (EvmBlock b = blocks.get(hash); b != null; b = blocks.get(b.parent())) {
      branch.addFirst(b);
    }
    return branch;
  }

  // Ethereum's JSON-RPC.

  private void answerOrNot() {
    if (lie == Lie.AWAY) {
      throw new NodeUnavailable("connection refused");
    }
  }

  @Override
  public long chainId() {
    answerOrNot();
    return chainId;
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
  public Optional<EvmBlock> block(String hash) {
    answerOrNot();
    return switch (lie) {
      case MISSING_BLOCKS -> Optional.empty();
      case OTHER_BLOCK -> Optional.of(chain.getFirst());
      default -> Optional.ofNullable(blocks.get(hash)).map(this::told);
    };
  }

  private EvmBlock told(EvmBlock block) {
    List<EvmBlock.Receipt> receipts = new ArrayList<>(block.receipts());
    if (lie == Lie.WRONG_CONTENT) {
      receipts.replaceAll(r ->
          new EvmBlock.Receipt(r.transaction(), "cd".repeat(32), r.succeeded(), r.fee(), r.logs()));
      if (receipts.isEmpty()) {
        receipts.add(
            new EvmBlock.Receipt("cd".repeat(32), block.hash(), true, BigInteger.ZERO, List.of()));
      }
    }
    return new EvmBlock(
        lie == Lie.WRONG_HEIGHT ? block.height() + 1 : block.height(),
        block.hash(),
        lie == Lie.WRONG_PARENT ? "ef".repeat(32) : block.parent(),
        block.time(),
        block.baseFee(),
        block.transactions(),
        receipts);
  }

  private ModelState state(String blockHash) {
    ModelState state = states.get(blockHash);
    if (state == null) {
      throw new RpcError("eth_getBalance", -32001, "unknown block");
    }
    return state;
  }

  @Override
  public BigInteger balance(String address, String blockHash) {
    answerOrNot();
    return state(blockHash).balances().getOrDefault(address, BigInteger.ZERO);
  }

  @Override
  public BigInteger tokenBalance(String contract, String address, String blockHash) {
    return balance(contract + "/" + address, blockHash);
  }

  @Override
  public boolean hasCode(String address) {
    answerOrNot();
    return false;
  }

  @Override
  public long nonce(String address) {
    answerOrNot();
    return state(chain.getLast().hash()).nonces().getOrDefault(address, 0L);
  }

  @Override
  public long estimateGas(String from, String to, BigInteger value, String dataHex) {
    answerOrNot();
    return dataHex.isEmpty() ? 21_000 : 65_000;
  }

  @Override
  public BigInteger baseFee() {
    answerOrNot();
    return BASE_FEE;
  }

  @Override
  public BigInteger suggestedPrice() {
    answerOrNot();
    return BASE_FEE;
  }

  /** Takes real raw transactions: coins, and {@code transfer} of tokens. */
  @Override
  public CoreNode.Sent send(String rawHex) {
    answerOrNot();
    Call call = RawEvm.read(rawHex);
    String hash = call.transaction().hash();
    if (knows(hash)) {
      return new CoreNode.Sent(true, -32000, "already known");
    }
    if (call.transaction().nonce() < nonce(call.transaction().from())) {
      return new CoreNode.Sent(false, -32000, "nonce too low");
    }
    calls.put(hash, call);
    reserves.put(hash, RawEvm.reserve(rawHex));
    submit(call);
    return new CoreNode.Sent(true, 0, "");
  }

  @Override
  public boolean knows(String hash) {
    answerOrNot();
    return pool.stream().anyMatch(c -> c.transaction().hash().equals(hash))
        || chain.stream()
            .anyMatch(b -> b.transactions().stream().anyMatch(t -> t.hash().equals(hash)));
  }
}
