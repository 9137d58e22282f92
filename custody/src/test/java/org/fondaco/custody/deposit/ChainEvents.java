package org.fondaco.custody.deposit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.chain.CoreBlock.OutPoint;
import org.fondaco.custody.chain.CoreBlock.Output;
import org.fondaco.custody.chain.ModelCore;
import org.fondaco.custody.chain.ModelEvm;

/** What happens on the two chains, at random. */
final class ChainEvents {
  private static final String TOKEN = DepositWorld.TOKEN;
  private static final List<BigInteger> SATOSHIS =
      List.of(BigInteger.valueOf(400), BigInteger.valueOf(50_000), BigInteger.valueOf(2_000_001));
  private static final List<BigInteger> WEI =
      List.of(
          BigInteger.TEN.pow(9),
          BigInteger.TEN.pow(17).add(BigInteger.valueOf(12_345)),
          BigInteger.TEN.pow(19).add(BigInteger.ONE));
  private static final List<BigInteger> MICRODOLLARS =
      List.of(BigInteger.valueOf(7), BigInteger.valueOf(1_000_000), BigInteger.valueOf(123_456));
  private static final BigInteger GAS = BigInteger.TEN.pow(14).add(BigInteger.valueOf(7));

  private final DepositWorld world;
  private final Random random;

  ChainEvents(DepositWorld world, Random random) {
    this.world = world;
    this.random = random;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  // Bitcoin.

  void bitcoinDeposit() {
    List<OutPoint> inputs = new ArrayList<>(List.of(world.core.outside()));
    if (random.nextBoolean()) {
      inputs.add(world.core.outside());
    }
    world.core.submit(world.core.make(inputs, outputs()));
  }

  private List<Output> outputs() {
    List<Output> outputs = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      String script =
          random.nextInt(4) == 0 ? DepositWorld.STRANGER : one(world.of(ChainName.BTC)).script();
      String token = random.nextInt(12) == 0 ? "ee".repeat(32) : null;
      outputs.add(new Output(0, script, one(SATOSHIS), token));
    }
    return outputs;
  }

  void bitcoinBlock() {
    boolean ours = random.nextInt(10) == 0;
    world.core.mine(ours ? one(world.of(ChainName.BTC)).script() : null);
  }

  /** Core's reorganisation: transactions wait again, some are replaced before they are mined. */
  void bitcoinReorganisation() {
    int depth = Math.min(1 + random.nextInt(DepositWorld.MAX_REORG), world.core.chain().size() - 1);
    List<CoreBlock.Transaction> returned = world.core.disconnect(depth);
    for (CoreBlock.Transaction transaction : returned) {
      int fate = random.nextInt(10);
      if (fate < 5) {
        continue;
      }
      world.core.forget(transaction.txid());
      if (fate < 7 && !world.own.contains(transaction.txid())) {
        world.core.submit(world.core.twin(transaction));
      } else if (fate < 9 && !world.own.contains(transaction.txid())) {
        world.core.submit(world.core.make(transaction.inputs(), outputs()));
      }
    }
    world.core.mine(depth - 1 + random.nextInt(3));
  }

  /** Custody's own transaction, or a thief's: some of ours to the hot wallet and to a stranger. */
  void bitcoinSpend() {
    Set<String> scripts = world.byScript(ChainName.BTC).keySet();
    List<OutPoint> ours = new ArrayList<>();
    for (CoreBlock block : world.core.chain()) {
      for (CoreBlock.Transaction transaction : block.transactions()) {
        for (Output output : transaction.outputs()) {
          OutPoint point = new OutPoint(transaction.txid(), output.vout());
          if (scripts.contains(output.script())
              && output.token() == null
              && world.core.unspent(point, true).isPresent()) {
            ours.add(point);
          }
        }
      }
    }
    if (ours.isEmpty()) {
      return;
    }
    CoreBlock.Transaction spend =
        world.core.make(
            List.of(one(ours)),
            List.of(
                ModelCore.output(
                    world.of(ChainName.BTC).getLast().script(), BigInteger.valueOf(300)),
                ModelCore.output(DepositWorld.STRANGER, BigInteger.valueOf(50))));
    world.own.add(spend.txid());
    world.core.submit(spend);
  }

  // Ethereum.

  private String sender() {
    return ("0" + (1 + random.nextInt(3))).repeat(20);
  }

  private long freeNonce(String sender) {
    Set<Long> waiting =
        world.evm.pool().stream()
            .filter(c -> c.transaction().from().equals(sender))
            .map(c -> c.transaction().nonce())
            .collect(Collectors.toSet());
    long nonce = world.evm.nonce(sender);
    while (waiting.contains(nonce)) {
      nonce++;
    }
    return nonce;
  }

  void ethereumDeposit() {
    String sender = sender();
    world.evm.submit(call(sender, freeNonce(sender)));
  }

  private ModelEvm.Call call(String sender, long nonce) {
    String to = one(world.of(ChainName.ETH)).script();
    if (random.nextBoolean()) {
      return world.evm.pay(sender, nonce, to, one(WEI), GAS);
    }
    ModelEvm.Hidden hidden =
        random.nextInt(6) == 0
            ? new ModelEvm.Hidden(one(world.of(ChainName.ETH)).script(), one(WEI))
            : null;
    return world.evm.call(
        sender,
        nonce,
        TOKEN,
        BigInteger.ZERO,
        GAS,
        random.nextInt(8) != 0,
        moves(sender),
        hidden,
        random.nextInt(2));
  }

  private List<ModelEvm.Move> moves(String sender) {
    List<ModelEvm.Move> moves = new ArrayList<>();
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      String contract = random.nextInt(8) == 0 ? "bb".repeat(20) : TOKEN;
      moves.add(
          new ModelEvm.Move(
              contract,
              sender,
              one(world.of(ChainName.ETH)).script(),
              one(MICRODOLLARS),
              random.nextInt(8) != 0));
    }
    return moves;
  }

  void ethereumBlock() {
    world.evm.mine();
  }

  /**
   * anvil's reorganisation: transactions are gone, and come again as they are, otherwise, or not.
   */
  void ethereumReorganisation() {
    int depth = Math.min(1 + random.nextInt(DepositWorld.MAX_REORG), world.evm.chain().size() - 1);
    for (ModelEvm.Call call : world.evm.disconnect(depth)) {
      int fate = random.nextInt(10);
      String sender = call.transaction().from();
      if (fate < 5 || world.own.contains(call.transaction().hash()) && fate < 9) {
        world.evm.submit(call);
      } else if (fate < 7) {
        world.evm.submit(world.evm.otherwise(call, moves(sender), random.nextInt(3)));
      } else if (fate < 9) {
        world.evm.submit(call(sender, call.transaction().nonce()));
      }
    }
    world.evm.mine(depth - 1 + random.nextInt(3));
  }

  /** Custody moves coins or tokens of a customer's account to the hot wallet or a stranger. */
  void ethereumSpend() {
    DepositWorld.Watched from = one(world.of(ChainName.ETH));
    String to = random.nextBoolean() ? world.of(ChainName.ETH).getLast().script() : "dd".repeat(20);
    long nonce = freeNonce(from.script());
    ModelEvm.Call call =
        random.nextBoolean()
            ? world.evm.pay(from.script(), nonce, to, BigInteger.valueOf(1_000), GAS)
            : world.evm.call(
                from.script(),
                nonce,
                TOKEN,
                BigInteger.ZERO,
                GAS,
                random.nextInt(6) != 0,
                List.of(new ModelEvm.Move(TOKEN, from.script(), to, BigInteger.valueOf(3), true)),
                null,
                0);
    world.own.add(call.transaction().hash());
    world.evm.submit(call);
  }
}
