package org.fondaco.chain.utxo.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.mempool.FeeRate;
import org.fondaco.chain.utxo.mempool.MempoolPolicy;
import org.fondaco.chain.utxo.script.ScriptPattern;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/** Chooses coins for a payment and reckons its fee by what it will weigh when it is signed. */
final class PaymentBuilder {
  /** Change below it is avoided where other coins do; Bitcoin Core's CHANGE_LOWER. */
  private static final long CHANGE_AIM = 50_000;

  private static final long FEE_MAX = 10_000_000;
  private static final int WEIGHT_MAX = 400_000;
  private static final int OUTPUT_BYTES = 9;

  private final Consensus consensus;
  private final MempoolPolicy policy;
  private final RandomGenerator random;
  private final Function<AddressType, byte[]> changeScripts;

  /**
   * A builder for one chain.
   *
   * @param changeScripts a new script for change of a type
   */
  PaymentBuilder(
      Consensus consensus,
      MempoolPolicy policy,
      RandomGenerator random,
      Function<AddressType, byte[]> changeScripts) {
    this.consensus = consensus;
    this.policy = policy;
    this.random = random;
    this.changeScripts = changeScripts;
  }

  /** What is to be paid and how; in satoshi. */
  private record Terms(Payment payment, FeeRate rate, AddressType changeType, List<Coin> preset) {
    long paid() {
      return payment.outputs().stream().mapToLong(Output::value).sum();
    }

    boolean subtracts() {
      return !payment.subtractFrom().isEmpty();
    }

    int changeBytes() {
      byte[] script = payment.change().script();
      return OUTPUT_BYTES + (script == null ? scriptBytes(changeType) : script.length);
    }
  }

  private static int scriptBytes(AddressType type) {
    return switch (type) {
      case LEGACY -> 25;
      case P2SH_SEGWIT -> 23;
      case BECH32 -> 22;
      case BECH32M -> 34;
    };
  }

  /**
   * Builds a transaction.
   *
   * @param preset the coins of the payment's inputs
   * @param tiers coins that may be added, the best ones first; each holds all before it
   */
  Draft build(Payment payment, FeeRate rate, List<Coin> preset, List<List<Coin>> tiers)
      throws WalletException {
    checkOutputs(payment);
    Terms terms = new Terms(payment, rate, changeType(payment), preset);
    for (List<Coin> tier : tiers) {
      List<Coin> added = payment.addInputs() ? select(terms, tier) : List.<Coin>of();
      if (added != null) {
        List<Coin> all = new ArrayList<>(preset);
        all.addAll(added);
        return finish(terms, all);
      }
    }
    throw new WalletException(
        WalletException.Kind.INSUFFICIENT_FUNDS,
        payment.addInputs()
            ? "Insufficient funds"
            : "The preselected coins total amount does not cover the transaction target. Please"
                + " allow other inputs to be automatically selected or include more coins"
                + " manually");
  }

  private void checkOutputs(Payment payment) throws WalletException {
    if (payment.outputs().isEmpty()) {
      throw new WalletException(
          WalletException.Kind.INVALID_PARAMETER, "Transaction must have at least one recipient");
    }
    for (int i = 0; i < payment.outputs().size(); i++) {
      Output output = payment.outputs().get(i);
      if (output.value() < policy.dustThreshold(output)) {
        throw new WalletException(WalletException.Kind.OTHER, "Transaction amount too small");
      }
    }
  }

  /** As Bitcoin Core: like what is paid, so that change does not stand out. */
  private AddressType changeType(Payment payment) {
    AddressType asked = payment.change().type();
    if (asked != null) {
      return asked;
    }
    if (!consensus.hasWitness()) {
      return AddressType.LEGACY;
    }
    AddressType like = AddressType.BECH32M;
    for (Output output : payment.outputs()) {
      AddressType type =
          switch (ScriptPattern.of(output.script()).type()) {
            case WITNESS_V1_TAPROOT -> AddressType.BECH32M;
            case WITNESS_V0_KEYHASH, WITNESS_V0_SCRIPTHASH -> AddressType.BECH32;
            case SCRIPTHASH -> AddressType.P2SH_SEGWIT;
            case PUBKEYHASH -> AddressType.LEGACY;
            case PUBKEY,
                LONG_SCRIPTHASH,
                MULTISIG,
                NULLDATA,
                ANCHOR,
                WITNESS_UNKNOWN,
                NONSTANDARD ->
                AddressType.BECH32M;
          };
      if (type == AddressType.BECH32M) {
        return type;
      }
      like = like == AddressType.BECH32M || type.compareTo(like) > 0 ? type : like;
    }
    return like;
  }

  private @Nullable List<Coin> select(Terms terms, List<Coin> coins) {
    boolean whole = terms.subtracts();
    List<CoinSelection.Candidate> candidates = new ArrayList<>();
    for (Coin coin : coins) {
      candidates.add(
          new CoinSelection.Candidate(coin, whole ? coin.value() : effective(coin, terms.rate)));
    }
    long target = terms.paid();
    for (Coin coin : terms.preset) {
      target -= whole ? coin.value() : effective(coin, terms.rate);
    }
    target += whole ? 0 : terms.rate.fee(baseBytes(terms, coins.size() + terms.preset.size()));
    if (target <= 0) {
      return List.of();
    }
    long change = whole ? 0 : terms.rate.fee(terms.changeBytes());
    List<CoinSelection.Candidate> chosen =
        whole
            ? null
            : CoinSelection.exact(
                candidates, target, change + terms.rate.fee(changeInput(terms).virtualBytes()));
    if (chosen == null) {
      chosen = CoinSelection.enough(candidates, target + change + CHANGE_AIM);
    }
    if (chosen == null) {
      chosen = CoinSelection.enough(candidates, target);
    }
    return chosen == null ? null : chosen.stream().map(CoinSelection.Candidate::coin).toList();
  }

  private static InputSize changeInput(Terms terms) {
    return switch (terms.changeType) {
      case LEGACY -> new InputSize(107, 0);
      case P2SH_SEGWIT -> new InputSize(24, 107);
      case BECH32 -> new InputSize(1, 107);
      case BECH32M -> new InputSize(1, 66);
    };
  }

  private InputSize size(Coin coin) {
    return InputSize.of(coin.owned().expanded(), consensus.isCash());
  }

  private long effective(Coin coin, FeeRate rate) {
    // One more for the count of witness items, where another input has some.
    int weight = size(coin).weight() + (consensus.hasWitness() ? 1 : 0);
    return coin.value() - rate.fee((weight + 3) / Transaction.WITNESS_SCALE);
  }

  /** Without inputs. */
  private static int baseBytes(Terms terms, int inputs) {
    int bytes = 8 + WireWriter.sizeBytes(inputs) + 1;
    bytes += WireWriter.sizeBytes(terms.payment.outputs().size() + 1);
    for (Output output : terms.payment.outputs()) {
      bytes += bytes(output);
    }
    return bytes;
  }

  private static int bytes(Output output) {
    int script = output.script().length;
    return 8 + WireWriter.sizeBytes(script) + script;
  }

  private int weight(List<Coin> coins, List<Output> outputs, int changeBytes) {
    int count = outputs.size() + (changeBytes > 0 ? 1 : 0);
    int bytes = 8 + WireWriter.sizeBytes(coins.size()) + WireWriter.sizeBytes(count);
    bytes += outputs.stream().mapToInt(PaymentBuilder::bytes).sum() + changeBytes;
    int weight = bytes * Transaction.WITNESS_SCALE;
    int witnesses = 0;
    for (Coin coin : coins) {
      InputSize size = size(coin);
      weight += size.weight();
      witnesses += size.witnessBytes() > 0 ? 1 : 0;
    }
    return witnesses > 0 ? weight + 2 + coins.size() - witnesses : weight;
  }

  private static long fee(FeeRate rate, int weight) {
    return rate.fee((weight + Transaction.WITNESS_SCALE - 1) / Transaction.WITNESS_SCALE);
  }

  private Draft finish(Terms terms, List<Coin> coins) throws WalletException {
    List<Output> outputs = new ArrayList<>(terms.payment.outputs());
    long rest = coins.stream().mapToLong(Coin::value).sum() - terms.paid();
    int with = weight(coins, outputs, terms.changeBytes());
    long fee = fee(terms.rate, with);
    long change = terms.subtracts() ? rest : rest - fee;
    boolean kept = change >= changeDust(terms) && change > 0;
    int weight = kept ? with : weight(coins, outputs, 0);
    if (!kept) {
      fee = Math.max(fee(terms.rate, weight), terms.subtracts() ? 0 : rest);
      change = 0;
    }
    if (terms.subtracts()) {
      subtract(terms, outputs, kept ? fee : Math.max(0, fee - rest));
      fee = kept ? fee : Math.max(fee, rest);
    } else if (rest < fee) {
      throw new WalletException(
          WalletException.Kind.INSUFFICIENT_FUNDS,
          "The total exceeds your balance when the "
              + new FeeRate(fee)
              + " transaction fee is"
              + " included.");
    }
    if (fee > FEE_MAX) {
      throw new WalletException(
          WalletException.Kind.OTHER,
          "Fee exceeds maximum configured by user (e.g. -maxtxfee, maxfeerate)");
    }
    if (weight > WEIGHT_MAX && !consensus.isCash()) {
      throw new WalletException(
          WalletException.Kind.OTHER,
          "The inputs size exceeds the maximum weight. Please try sending a smaller amount or"
              + " manually consolidating your wallet's UTXOs");
    }
    int position = -1;
    if (kept) {
      Integer asked = terms.payment.change().position();
      position = asked == null ? random.nextInt(outputs.size() + 1) : asked;
      outputs.add(position, new Output(change, changeScript(terms)));
    }
    return new Draft(transaction(terms.payment, coins, outputs), fee, position);
  }

  private long changeDust(Terms terms) {
    byte[] script = terms.payment.change().script();
    int bytes = script == null ? scriptBytes(terms.changeType) : script.length;
    byte[] like = script == null ? new byte[bytes] : script;
    if (script == null && terms.changeType.compareTo(AddressType.BECH32) >= 0) {
      like[0] = (byte) (terms.changeType == AddressType.BECH32 ? 0 : 0x51);
      like[1] = (byte) (bytes - 2);
    }
    return policy.dustThreshold(new Output(0, like));
  }

  private byte[] changeScript(Terms terms) {
    byte[] script = terms.payment.change().script();
    return script == null ? changeScripts.apply(terms.changeType) : script;
  }

  /** Takes the fee from outputs in equal parts; the first pays what cannot be divided. */
  private void subtract(Terms terms, List<Output> outputs, long fee) throws WalletException {
    int parts = terms.payment.subtractFrom().size();
    long each = fee / parts;
    long first = fee - each * (parts - 1);
    for (int i = 0; i < parts; i++) {
      int at = terms.payment.subtractFrom().get(i);
      Output output = outputs.get(at);
      Output less = new Output(output.value() - (i == 0 ? first : each), output.script());
      if (less.value() < policy.dustThreshold(less)) {
        throw new WalletException(
            WalletException.Kind.OTHER,
            less.value() < 0
                ? "The transaction amount is too small to pay the fee"
                : "The transaction amount is too small to send after the fee has been deducted");
      }
      outputs.set(at, less);
    }
  }

  private static Transaction transaction(Payment payment, List<Coin> coins, List<Output> outputs) {
    List<Input> inputs = new ArrayList<>(payment.inputs());
    for (Coin coin : coins) {
      if (!payment.mustSpend(coin.outPoint())) {
        inputs.add(new Input(coin.outPoint(), new byte[0], payment.sequence()));
      }
    }
    return new Transaction(payment.version(), inputs, outputs, payment.lockTime());
  }
}
