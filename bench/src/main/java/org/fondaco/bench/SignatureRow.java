package org.fondaco.bench;

import fr.acinq.secp256k1.Secp256k1;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fondaco.bench.chain.MinedChain;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.chain.crypto.Schnorr;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.utxo.consensus.Networks;
import org.fondaco.chain.utxo.script.ScriptError;
import org.fondaco.chain.utxo.script.ScriptFlags;
import org.fondaco.chain.utxo.script.ScriptVerifier;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.script.SignatureHash;
import org.fondaco.chain.utxo.script.Spending;
import org.fondaco.chain.utxo.script.Taproot;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;

/** Whole script checks of signed inputs, beside libsecp256k1 alone on the same signatures. */
final class SignatureRow implements Row {
  private static final Secp256k1 LIBRARY = Secp256k1.Companion.get();
  private static final int INPUTS = 2_000;
  private static final long VALUE = 100_000;
  private static final double TARGET = 0.8;

  /** An input's check, and the signature in it alone. */
  private record Case(Spending spending, byte[] hash, byte[] signature, byte[] key) {}

  @Override
  public String name() {
    return "signatures";
  }

  @Override
  public String summary() {
    return "P2WPKH and P2TR inputs verified a second, one thread; peer: libsecp256k1 alone";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    List<Case> ecdsa = ecdsa();
    List<Case> taproot = taproot();
    Alternation first =
        Alternation.of(
            1,
            plan.samples(),
            () -> scripts(ecdsa),
            () -> alone(ecdsa, c -> LIBRARY.verify(c.signature, c.hash, c.key)));
    Alternation second =
        Alternation.of(
            1,
            plan.samples(),
            () -> scripts(taproot),
            () -> alone(taproot, c -> LIBRARY.verifySchnorr(c.signature, c.hash, c.key)));
    Map<String, List<Double>> samples = new LinkedHashMap<>(first.samples());
    second.samples().forEach((who, rates) -> samples.put(who + "Taproot", rates));
    return new Result(
        name(),
        "P2WPKH inputs verified a second: scripts run, signature hash made, signature checked.",
        "libsecp256k1 through the same binding: the same signatures, their hashes given.",
        first.ours(),
        first.peer(),
        "inputs/s",
        first.ratio(),
        "none set; 0.8 × libsecp256k1 is the aim",
        first.ratio() >= TARGET,
        Machine.here(),
        Machine.commit(),
        Machine.jvmFlags(),
        samples,
        List.of("every input was good, and a changed amount was not"),
        List.of(
            String.format(
                Locale.ROOT,
                "Taproot key path: %,.0f beside %,.0f, ratio %.2f.",
                second.ours(),
                second.peer(),
                second.ratio())));
  }

  private static double scripts(List<Case> cases) {
    long start = System.nanoTime();
    for (Case each : cases) {
      CheckFailed.that(
          ScriptVerifier.verify(each.spending, 0, ScriptFlags.STANDARD) == ScriptError.OK,
          "a good input was refused");
    }
    return cases.size() * 1e9 / (System.nanoTime() - start);
  }

  private static double alone(List<Case> cases, java.util.function.Predicate<Case> verify) {
    long start = System.nanoTime();
    for (Case each : cases) {
      CheckFailed.that(verify.test(each), "a good signature was refused");
    }
    return cases.size() * 1e9 / (System.nanoTime() - start);
  }

  private static List<Case> ecdsa() {
    MinedChain chain = new MinedChain(Networks.bitcoinRegtest());
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < INPUTS; i++) {
      OutPoint outPoint =
          new OutPoint(Hash.of(Sha256.hash(new byte[] {(byte) i, (byte) (i >> 8)})), i);
      Transaction transaction = chain.spend(outPoint, VALUE, 2);
      Spending spending = new Spending(transaction, List.of(new Output(VALUE, chain.paid())));
      byte[] hash = SignatureHash.segregated(spending, 0, chain.code(), SignatureHash.ALL);
      byte[] typed = transaction.inputs().getFirst().witness().getFirst();
      byte[] der = java.util.Arrays.copyOf(typed, typed.length - 1);
      cases.add(new Case(spending, hash, LIBRARY.der2compact(der), chain.key()));
    }
    Transaction first = cases.getFirst().spending.transaction();
    Spending changed = new Spending(first, List.of(new Output(VALUE + 1, chain.paid())));
    CheckFailed.that(
        ScriptVerifier.verify(changed, 0, ScriptFlags.STANDARD) != ScriptError.OK,
        "a signature over another amount was good");
    return cases;
  }

  private static List<Case> taproot() {
    byte[] secret = Sha256.hash(new byte[] {7});
    byte[] key = Schnorr.publicKey(secret);
    byte[] script = new WireWriter().uint8(0x51).bytes(Scripts.push(key)).toBytes();
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < INPUTS; i++) {
      Hash txid = Hash.of(Sha256.hash(new byte[] {(byte) i, (byte) (i >> 8)}));
      Input input = new Input(new OutPoint(txid, i), new byte[0], Input.SEQUENCE_FINAL);
      List<Output> outputs = List.of(new Output(VALUE / 2, script), new Output(VALUE / 2, script));
      List<Output> spent = List.of(new Output(VALUE, script));
      Spending unsigned = new Spending(new Transaction(2, List.of(input), outputs, 0), spent);
      byte[] hash = Taproot.signatureHash(unsigned, 0, 0, Taproot.Path.KEY);
      if (hash == null) {
        throw new CheckFailed("nothing to sign");
      }
      byte[] signature = Schnorr.sign(hash, secret, new byte[32]);
      Transaction signed =
          new Transaction(2, List.of(input.withWitness(List.of(signature))), outputs, 0);
      cases.add(new Case(new Spending(signed, spent), hash, signature, key));
    }
    return cases;
  }
}
