package org.fondaco.custody.simulation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.EvmBlock;
import org.fondaco.custody.chain.ModelEvm;

/** What happens on the chain of accounts, at random: ether and dollars. */
final class Accounts {
  private static final String TRANSFER =
      "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
  private static final String FAUCET = "fa".repeat(20);
  private static final BigInteger GAS = BigInteger.TEN.pow(14).add(BigInteger.valueOf(7));

  private final Venue venue;
  private final ModelEvm evm;

  /** Nothing comes without a transaction or log of its own from now on. */
  boolean plain;

  Accounts(Venue venue) {
    this.venue = venue;
    this.evm = venue.evm;
  }

  private static <T> T one(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  private List<Venue.Place> ours() {
    return venue.places().stream().filter(p -> p.family() == ChainName.ETH).toList();
  }

  private static String sender(Random random) {
    return ("0" + (1 + random.nextInt(3))).repeat(20);
  }

  private long freeNonce(String sender) {
    Set<Long> waiting =
        evm.pool().stream()
            .filter(c -> c.transaction().from().equals(sender))
            .map(c -> c.transaction().nonce())
            .collect(Collectors.toSet());
    long nonce = evm.nonce(sender);
    while (waiting.contains(nonce)) {
      nonce++;
    }
    return nonce;
  }

  String deposit(Random random) {
    String sender = sender(random);
    ModelEvm.Call call = call(sender, freeNonce(sender), random);
    evm.submit(call);
    return call.moves().isEmpty() ? "ether" : call.succeeds() ? "dollars" : "failing dollars";
  }

  /** For every customer the same. */
  void depositToEach(BigInteger wei, BigInteger microdollars) {
    for (Venue.Place place : ours()) {
      if (place.account() != null) {
        pay(place.script(), wei);
        pay(place.script(), Venue.USDT, microdollars);
      }
    }
  }

  /** From the faucet. */
  void pay(String to, BigInteger wei) {
    evm.submit(evm.pay(FAUCET, freeNonce(FAUCET), to, wei, BigInteger.ONE));
  }

  /** Ether for accounts whose deposit is gone and whose sweep waits for it. */
  void helpStuck() {
    venue
        .sql
        .resultQuery(
            "select distinct encode(a.script, 'hex') from custody_groups g join custody_addresses a on a.address_id = g.from_id where g.state = 'SENDING' order by 1")
        .fetch(0, String.class)
        .forEach(script -> pay(script, BigInteger.TEN.pow(19)));
  }

  private void pay(String to, Asset token, BigInteger atoms) {
    String contract = String.valueOf(token.contract());
    ModelEvm.Move move = new ModelEvm.Move(contract, FAUCET, to, atoms, true);
    evm.submit(
        evm.call(
            FAUCET,
            freeNonce(FAUCET),
            contract,
            BigInteger.ZERO,
            BigInteger.ONE,
            true,
            List.of(move),
            null,
            0));
  }

  /** Money of the house for the hot wallet, and ether for the gas station. */
  void fund(BigInteger wei, BigInteger microdollars) {
    String hot = venue.hot(ChainName.ETH).script();
    pay(hot, wei);
    pay(venue.house(ChainName.ETH, "GAS").script(), wei);
    pay(hot, Venue.USDT, microdollars);
  }

  private ModelEvm.Call call(String sender, long nonce, Random random) {
    if (random.nextBoolean()) {
      return evm.pay(sender, nonce, one(ours(), random).script(), wei(random), GAS);
    }
    ModelEvm.Hidden hidden =
        random.nextInt(20) == 0 && !plain
            ? new ModelEvm.Hidden(one(ours(), random).script(), wei(random))
            : null;
    return evm.call(
        sender,
        nonce,
        Venue.TETHER,
        BigInteger.ZERO,
        GAS,
        random.nextInt(6) != 0,
        moves(sender, random),
        hidden,
        random.nextInt(2));
  }

  private static BigInteger wei(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> BigInteger.TEN.pow(9);
      case 1 -> BigInteger.TEN.pow(19).add(BigInteger.ONE);
      default ->
          BigInteger.TEN
              .pow(16)
              .multiply(BigInteger.valueOf(1 + random.nextInt(200)))
              .add(BigInteger.valueOf(random.nextInt(1_000_000)));
    };
  }

  private List<ModelEvm.Move> moves(String sender, Random random) {
    List<ModelEvm.Move> moves = new ArrayList<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      String contract = random.nextInt(8) == 0 ? "bb".repeat(20) : Venue.TETHER;
      long atoms =
          switch (random.nextInt(4)) {
            case 0 -> 7;
            case 1 -> 123_456;
            default -> 1_000_000L + random.nextInt(2_000_000_000);
          };
      moves.add(
          new ModelEvm.Move(
              contract,
              sender,
              one(ours(), random).script(),
              BigInteger.valueOf(atoms),
              random.nextInt(20) != 0 || plain));
    }
    return moves;
  }

  /** A block with some of what waits; the rest waits on. */
  String block(Random random) {
    List<ModelEvm.Call> waiting = evm.pool();
    if (random.nextInt(3) == 0) {
      waiting.stream().filter(t -> random.nextBoolean()).forEach(evm::forget);
    }
    EvmBlock block = evm.mine();
    Set<String> mined = new HashSet<>();
    block.transactions().forEach(t -> mined.add(t.hash()));
    for (ModelEvm.Call call : waiting) {
      boolean replaced = call.transaction().nonce() < evm.nonce(call.transaction().from());
      if (!replaced && !mined.contains(call.transaction().hash())) {
        evm.submit(call);
      }
    }
    return "block " + block.height() + " with " + mined.size() + " of " + waiting.size();
  }

  /**
   * anvil's reorganisation: transactions are gone, come again, do something else, or never come.
   */
  String reorganise(Random random, int depthMax) {
    int depth = Math.min(1 + random.nextInt(depthMax), evm.chain().size() - 2);
    if (depth < 1) {
      return "no block to undo";
    }
    for (ModelEvm.Call call : evm.disconnect(depth)) {
      int fate = random.nextInt(10);
      String from = call.transaction().from();
      boolean own = venue.nodes.own.contains(call.transaction().hash());
      if (fate < 5 || own && fate < 7) {
        evm.submit(call);
      } else if (!own && fate < 7) {
        evm.submit(evm.otherwise(call, moves(from, random), random.nextInt(3)));
      } else if (!own && fate < 9) {
        evm.submit(call(from, call.transaction().nonce(), random));
      }
    }
    int made = depth - 1 + random.nextInt(3);
    evm.mine(made);
    return "reorganisation of %d blocks into %d".formatted(depth, made);
  }

  String forget(Random random) {
    List<ModelEvm.Call> gone = evm.pool().stream().filter(c -> random.nextInt(3) == 0).toList();
    gone.forEach(evm::forget);
    return "the pool forgets " + gone.size();
  }

  /** The token's contract reverts a transfer of ours, or does nothing and says that all is well. */
  String refuse(Random random) {
    for (ModelEvm.Call call : evm.pool()) {
      if (venue.nodes.own.contains(call.transaction().hash()) && !call.moves().isEmpty()) {
        boolean succeeds = random.nextBoolean();
        evm.submit(new ModelEvm.Call(call.transaction(), call.fee(), succeeds, List.of(), null, 0));
        return "the contract refuses, status " + (succeeds ? 1 : 0);
      }
    }
    return "the contract has nothing to refuse";
  }

  // What a branch says, read from genesis.

  Truth truth(String tip) {
    Truth truth = new Truth();
    Map<String, Venue.Place> places = new HashMap<>();
    ours().forEach(p -> places.put(p.script(), p));
    for (EvmBlock block : evm.branch(tip)) {
      for (int i = 0; i < block.transactions().size(); i++) {
        read(truth, places, block, block.transactions().get(i), block.receipts().get(i));
      }
    }
    for (Venue.Place place : places.values()) {
      truth.hide(Venue.ETH, evm.balance(place.script(), tip));
      truth.hide(Venue.USDT, evm.tokenBalance(Venue.TETHER, place.script(), tip));
    }
    truth.hide(Venue.ETH, truth.held(Venue.ETH).negate());
    truth.hide(Venue.USDT, truth.held(Venue.USDT).negate());
    return truth;
  }

  private void read(
      Truth truth,
      Map<String, Venue.Place> places,
      EvmBlock block,
      EvmBlock.Transaction transaction,
      EvmBlock.Receipt receipt) {
    boolean own = venue.nodes.own.contains(transaction.hash());
    boolean fromUs = places.containsKey(transaction.from());
    if (fromUs) {
      truth.hold(Venue.ETH, receipt.fee().negate());
    }
    if (!receipt.succeeded()) {
      return;
    }
    if (fromUs) {
      truth.hold(Venue.ETH, transaction.value().negate());
    }
    String to = String.valueOf(transaction.to());
    Venue.Place ours = places.get(to);
    if (transaction.value().signum() > 0) {
      if (ours != null) {
        truth.hold(Venue.ETH, transaction.value());
        if (!own) {
          truth.deposit(
              transaction.hash() + ":native",
              new Truth.Deposit(Venue.ETH, ours, transaction.value(), block.height()));
        }
      } else if (own) {
        truth.pay(to, Venue.ETH, transaction.value());
      }
    }
    for (int k = 0; k < receipt.logs().size(); k++) {
      log(truth, places, block, transaction.hash(), receipt.logs().get(k), k);
    }
  }

  private void log(
      Truth truth,
      Map<String, Venue.Place> places,
      EvmBlock block,
      String hash,
      EvmBlock.Log log,
      int k) {
    if (log.topics().size() != 3
        || !log.topics().getFirst().equals(TRANSFER)
        || !log.contract().equals(Venue.TETHER)) {
      return;
    }
    boolean own = venue.nodes.own.contains(hash);
    BigInteger atoms = new BigInteger(log.data(), 16);
    if (places.containsKey(log.topics().get(1).substring(24))) {
      truth.hold(Venue.USDT, atoms.negate());
    }
    String to = log.topics().get(2).substring(24);
    Venue.Place ours = places.get(to);
    if (ours == null) {
      if (own) {
        truth.pay(to, Venue.USDT, atoms);
      }
      return;
    }
    truth.hold(Venue.USDT, atoms);
    if (!own && atoms.signum() > 0) {
      truth.deposit(
          hash + ":" + log.contract() + ":" + k,
          new Truth.Deposit(Venue.USDT, ours, atoms, block.height()));
    }
  }
}
