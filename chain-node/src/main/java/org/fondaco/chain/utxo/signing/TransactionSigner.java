package org.fondaco.chain.utxo.signing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fondaco.chain.utxo.script.CashVerifier;
import org.fondaco.chain.utxo.script.ScriptError;
import org.fondaco.chain.utxo.script.ScriptFlags;
import org.fondaco.chain.utxo.script.ScriptReader;
import org.fondaco.chain.utxo.script.ScriptVerifier;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.script.Spending;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/** Signs transactions: Bitcoin Core's SignTransaction, for Bitcoin Cash too. */
public final class TransactionSigner {
  private static final int SIGNATURE_BYTES_MIN = 9;
  private static final int SIGNATURE_BYTES_MAX = 73;
  private static final Output UNKNOWN = new Output(0, new byte[0]);

  private final boolean cash;

  /**
   * A signer of a family of chains.
   *
   * @param cash whether it is Bitcoin Cash
   */
  public TransactionSigner(boolean cash) {
    this.cash = cash;
  }

  /**
   * What came of it.
   *
   * @param errors by input, of those that may not spend yet
   */
  public record Signed(Transaction transaction, Map<Integer, String> errors) {
    public boolean isComplete() {
      return errors.isEmpty();
    }
  }

  /**
   * Signs all inputs whose keys are at hand; signatures of others that are there stay.
   *
   * @param spent what each input spends; null where it is not known
   * @param hashType 0 for the default
   */
  public Signed sign(
      Transaction transaction, List<@Nullable Output> spent, KeyRing ring, int hashType) {
    return merge(List.of(transaction), spent, ring, hashType);
  }

  /**
   * Signs, with the signatures that several copies of one transaction have.
   *
   * @param copies at least one; they differ in what inputs show only
   * @param ring takes the scripts that inputs show, too
   */
  public Signed merge(
      List<Transaction> copies, List<@Nullable Output> spent, KeyRing ring, int hashType) {
    Transaction first = copies.getFirst();
    List<Output> known = new ArrayList<>();
    spent.forEach(output -> known.add(output == null ? UNKNOWN : output));
    Spending spending = new Spending(first, known);
    List<Input> inputs = new ArrayList<>();
    Map<Integer, String> errors = new TreeMap<>();
    for (int i = 0; i < known.size(); i++) {
      Input done = spent.get(i) == null ? null : complete(copies, spending, i);
      if (done == null) {
        List<byte[]> candidates = new ArrayList<>();
        for (Transaction copy : copies) {
          addCandidates(copy.inputs().get(i), candidates);
          addScripts(copy.inputs().get(i), ring);
        }
        Input signed =
            spent.get(i) == null
                ? null
                : new InputSigner(spending, i, ring, hashType, cash, candidates).sign();
        done = signed == null ? first.inputs().get(i) : signed;
      }
      inputs.add(done);
    }
    Transaction result =
        new Transaction(first.version(), inputs, first.outputs(), first.lockTime());
    Spending checked = new Spending(result, known);
    for (int i = 0; i < known.size(); i++) {
      if (spent.get(i) == null) {
        errors.put(i, "Input not found or already spent");
        continue;
      }
      ScriptError error = verify(checked, i);
      if (error != ScriptError.OK) {
        errors.put(i, message(error));
      }
    }
    return new Signed(result, errors);
  }

  /** The input of the first copy that may spend as it is. */
  private @Nullable Input complete(List<Transaction> copies, Spending spending, int index) {
    for (Transaction copy : copies) {
      if (verify(new Spending(copy, spending.spent()), index) == ScriptError.OK) {
        return copy.inputs().get(index);
      }
    }
    return null;
  }

  private ScriptError verify(Spending spending, int index) {
    return cash
        ? CashVerifier.verify(
                spending, index, CashVerifier.MANDATORY_2025.with(CashVerifier.POLICY))
            .error()
        : ScriptVerifier.verify(spending, index, ScriptFlags.STANDARD);
  }

  private static String message(ScriptError error) {
    return switch (error) {
      case INVALID_STACK_OPERATION ->
          "Unable to sign input, invalid stack size (possibly missing key)";
      case NULLFAIL ->
          "CHECK(MULTI)SIG failing with non-zero signature (possibly need more signatures)";
      default -> error.message();
    };
  }

  private static void addCandidates(Input input, List<byte[]> candidates) {
    ScriptReader reader = new ScriptReader(input.scriptSig());
    while (reader.next()) {
      addCandidate(reader.data(), candidates);
    }
    input.witness().forEach(item -> addCandidate(item, candidates));
  }

  /** What an input shows last may be the script that a hash stands for. */
  private static void addScripts(Input input, KeyRing ring) {
    byte[] last = Scripts.lastPush(input.scriptSig());
    ring.addScript(last.length == 0 ? null : last);
    if (!input.witness().isEmpty()) {
      ring.addScript(input.witness().getLast());
    }
  }

  private static void addCandidate(byte[] item, List<byte[]> candidates) {
    if (item.length >= SIGNATURE_BYTES_MIN
        && item.length <= SIGNATURE_BYTES_MAX
        && item[0] == 0x30) {
      candidates.add(item);
    }
  }
}
