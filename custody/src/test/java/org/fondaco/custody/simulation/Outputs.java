package org.fondaco.custody.simulation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.fondaco.custody.chain.CoreBlock;
import org.fondaco.custody.chain.CoreBlock.OutPoint;
import org.fondaco.custody.chain.CoreBlock.Output;
import org.fondaco.custody.chain.ModelCore;

/** What happens on the chain of outputs, at random. */
final class Outputs {
  static final String STRANGER = "0014" + "77".repeat(20);

  private final Venue venue;
  private final ModelCore core;

  /** Strangers' transactions that no node knows any more; their senders do. */
  private final List<CoreBlock.Transaction> lost = new ArrayList<>();

  Outputs(Venue venue) {
    this.venue = venue;
    this.core = venue.core;
  }

  private static <T> T one(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  private List<Venue.Place> ours() {
    return venue.places().stream().filter(p -> p.family() == venue.coin.chain()).toList();
  }

  String deposit(Random random) {
    List<OutPoint> inputs = new ArrayList<>(List.of(core.outside()));
    if (random.nextBoolean()) {
      inputs.add(core.outside());
    }
    CoreBlock.Transaction transaction = core.make(inputs, outputs(random));
    core.submit(transaction);
    return "deposit " + name(transaction.txid()) + " of " + transaction.outputs().size();
  }

  /** Money of the house for the hot wallet. */
  void fund(long atoms) {
    String hot = venue.hot(venue.coin.chain()).script();
    core.submit(
        core.make(
            List.of(core.outside()), List.of(ModelCore.output(hot, BigInteger.valueOf(atoms)))));
  }

  /** For every customer the same. */
  void depositToEach(long atoms) {
    for (Venue.Place place : ours()) {
      if (place.account() != null) {
        Output output = ModelCore.output(place.script(), BigInteger.valueOf(atoms));
        core.submit(core.make(List.of(core.outside()), List.of(output)));
      }
    }
  }

  private List<Output> outputs(Random random) {
    List<Output> outputs = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String script = random.nextInt(6) == 0 ? STRANGER : one(ours(), random).script();
      String token = random.nextInt(16) == 0 ? "ee".repeat(32) : null;
      outputs.add(new Output(0, script, BigInteger.valueOf(amount(random)), token));
    }
    return outputs;
  }

  private static long amount(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> 400;
      case 1 -> 2_000_001;
      case 2 -> 50_000;
      default -> 3_000L + random.nextInt(3_000_000);
    };
  }

  /** A block with some of what waits; the rest waits on. */
  String block(Random random) {
    List<CoreBlock.Transaction> waiting = core.mempool();
    Set<String> later = new HashSet<>();
    if (random.nextInt(3) == 0) {
      waiting.stream().filter(t -> random.nextBoolean()).forEach(t -> later.add(t.txid()));
      later.forEach(core::forget);
    }
    CoreBlock block = core.mine();
    Set<String> mined = new HashSet<>();
    block.transactions().forEach(t -> mined.add(t.txid()));
    waiting.stream().filter(t -> !mined.contains(t.txid())).forEach(core::submit);
    return "block " + block.height() + " with " + mined.size() + " of " + waiting.size();
  }

  /** Core's reorganisation: transactions wait again; some are lost, changed, or spent otherwise. */
  String reorganise(Random random, int depthMax) {
    int depth = Math.min(1 + random.nextInt(depthMax), core.chain().size() - 2);
    if (depth < 1) {
      return "no block to undo";
    }
    List<CoreBlock.Transaction> returned = core.disconnect(depth);
    for (CoreBlock.Transaction transaction : returned) {
      boolean own = venue.nodes.own.contains(transaction.txid());
      int fate = random.nextInt(10);
      boolean waits = core.mempool().stream().anyMatch(t -> t.txid().equals(transaction.txid()));
      if (fate < 5 || !waits) {
        continue;
      }
      core.forget(transaction.txid());
      if (fate < 7) {
        twin(transaction);
      } else if (fate < 9 && !own) {
        core.submit(core.make(transaction.inputs(), outputs(random)));
      } else if (!own) {
        lost.add(transaction);
      }
    }
    int made = depth - 1 + random.nextInt(3);
    core.mine(made);
    return "reorganisation of %d blocks into %d".formatted(depth, made);
  }

  /** Senders send again what was lost, unless they have spent it otherwise. */
  void sendLostAgain() {
    lost.forEach(core::submit);
    lost.clear();
  }

  private CoreBlock.Transaction twin(CoreBlock.Transaction transaction) {
    CoreBlock.Transaction twin = core.twin(transaction);
    if (core.submit(twin) && venue.nodes.own.contains(transaction.txid())) {
      venue.nodes.own.add(twin.txid());
    }
    return twin;
  }

  /** A third party changes a signature of something that waits. */
  String malleate(Random random) {
    List<CoreBlock.Transaction> waiting = core.mempool();
    if (waiting.isEmpty()) {
      return "nothing to malleate";
    }
    CoreBlock.Transaction transaction = one(waiting, random);
    return "twin " + name(twin(transaction).txid()) + " of " + name(transaction.txid());
  }

  String forget(Random random) {
    List<CoreBlock.Transaction> gone =
        core.mempool().stream().filter(t -> random.nextInt(3) == 0).toList();
    gone.forEach(t -> core.forget(t.txid()));
    gone.stream().filter(t -> !venue.nodes.own.contains(t.txid())).forEach(lost::add);
    return "the mempool forgets " + gone.size();
  }

  private static String name(String txid) {
    return txid.substring(0, 8);
  }

  // What a branch says, read from genesis.

  Truth truth(String tip) {
    Truth truth = new Truth();
    Map<String, Venue.Place> places = new HashMap<>();
    ours().forEach(p -> places.put(p.script(), p));
    Map<String, BigInteger> unspent = new HashMap<>();
    List<CoreBlock> branch = core.branch(tip);
    for (CoreBlock block : branch) {
      for (CoreBlock.Transaction transaction : block.transactions()) {
        boolean own = venue.nodes.own.contains(transaction.txid());
        for (Output output : transaction.outputs()) {
          Venue.Place to = places.get(output.script());
          if (to == null) {
            if (own) {
              truth.pay(output.script(), venue.coin, output.atoms());
            }
          } else if (output.token() == null) {
            unspent.put(transaction.txid() + ":" + output.vout(), output.atoms());
            truth.hold(venue.coin, output.atoms());
            if (!own) {
              truth.deposit(
                  transaction.txid() + ":" + output.vout(),
                  new Truth.Deposit(venue.coin, to, output.atoms(), block.height()));
            }
          }
        }
      }
    }
    for (CoreBlock block : branch) {
      for (CoreBlock.Transaction transaction : block.transactions()) {
        for (OutPoint input : transaction.inputs()) {
          BigInteger atoms = unspent.remove(input.toString());
          if (atoms != null) {
            truth.hold(venue.coin, atoms.negate());
          }
        }
      }
    }
    truth.unspent.putAll(unspent);
    return truth;
  }
}
