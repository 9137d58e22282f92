package org.fondaco.chain.utxo.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Scripts and signature hashes that cost the most; the time limits are ten times what they take.
 */
@Timeout(60)
class WorstCaseTest {
  private static final long SEED = 20261128;
  private final Random random = new Random(SEED);

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private Transaction transaction(int inputs, int outputs) {
    List<Input> in = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      OutPoint outPoint = new OutPoint(Hash.of(bytes(32)), random.nextInt(9));
      in.add(new Input(outPoint, new byte[0], random.nextInt() & 0xffff_ffffL));
    }
    List<Output> out = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      out.add(new Output(random.nextInt(1000), bytes(random.nextInt(60))));
    }
    return new Transaction(random.nextInt(), in, out, random.nextInt() & 0xffff_ffffL);
  }

  private static Spending spending(Transaction transaction, byte[] script) {
    return new Spending(
        transaction, transaction.inputs().stream().map(_ -> new Output(1, script)).toList());
  }

  /** All ways to sign, codes that change and come back, on few and on many inputs and outputs. */
  @Test
  void whatIsRememberedIsWhatIsHashedAnew() {
    for (int round = 0; round < 60; round++) {
      Transaction transaction = transaction(1 + random.nextInt(5), random.nextInt(5));
      Spending spending = spending(transaction, new byte[] {0x51});
      int index = random.nextInt(transaction.inputs().size());
      LegacyHashes hashes = new LegacyHashes(spending, index);
      List<byte[]> codes = List.of(bytes(3), new byte[] {0x51, (byte) 0xab, 0x52}, bytes(300));
      for (int i = 0; i < 40; i++) {
        byte[] code = codes.get(random.nextInt(codes.size()));
        int hashType = random.nextInt(256);
        assertThat(hashes.hash(code, hashType))
            .as("seed %d, round %d, hash type %d", SEED, round, hashType)
            .isEqualTo(SignatureHash.legacy(transaction, index, code, hashType));
      }
    }
  }

  private static byte[] repeat(int opcode, int times) {
    byte[] script = new byte[times];
    java.util.Arrays.fill(script, (byte) opcode);
    return script;
  }

  /** A megabyte is checked by eighty keys, none of which signed: it is hashed four times. */
  @Test
  void manyChecksOfALargeTransaction() {
    Spending spending = spending(transaction(20_000, 2_000), groups(4));
    assertThat(spending.transaction().size()).isGreaterThan(800_000);
    assertThat(ScriptVerifier.verify(spending, 77, ScriptFlags.NONE)).isEqualTo(ScriptError.OK);
  }

  /** Groups of twenty keys, all of which are tried for a signature that none of them made. */
  private byte[] groups(int groups) {
    WireWriter script = new WireWriter();
    for (int i = 0; i < groups; i++) {
      script.uint8(0).bytes(Scripts.push(signature(i))).uint8(0x51);
      for (int k = 0; k < 20; k++) {
        script.bytes(Scripts.push(key()));
      }
      script.uint8(0x01).uint8(20).uint8(0xae).uint8(0x75);
    }
    return script.uint8(0x51).toBytes();
  }

  private static byte[] signature(int number) {
    // r and s of one byte: of the form, and of no key.
    return new byte[] {0x30, 6, 2, 1, (byte) (1 + number % 100), 2, 1, 7, 1};
  }

  private byte[] key() {
    byte[] secret = bytes(32);
    secret[0] = 1;
    var library = fr.acinq.secp256k1.Secp256k1.Companion.get();
    return library.pubKeyCompress(library.pubkeyCreate(secret));
  }

  /** Quadratic by its nature: each of three thousand inputs hashes the others. */
  @Test
  void manyInputs() {
    Transaction transaction = transaction(3_000, 1);
    Spending spending = spending(transaction, new byte[] {0x51});
    byte[] code = repeat(0xac, 25);
    int ones =
        IntStream.range(0, 3_000)
            .map(i -> new LegacyHashes(spending, i).hash(code, 1)[0] & 1)
            .sum();
    assertThat(ones).isBetween(1_200, 1_800);
  }

  /** Bitcoin Cash: the hash of all that is spent is asked for by every signature. */
  @Test
  void manyInputsThatSignWhatIsSpent() {
    Spending spending = spending(transaction(10_000, 1), bytes(9_000));
    byte[] first = spending.spentHash();
    for (int i = 0; i < 10_000; i++) {
      assertThat(spending.spentHash()).isSameAs(first);
    }
  }

  @Test
  void hugeScripts() {
    Transaction transaction = transaction(1, 1);
    assertThat(run(transaction, repeat(0x51, 10_001))).isEqualTo(ScriptError.SCRIPT_SIZE);
    assertThat(run(transaction, repeat(0x51, 10_000))).isEqualTo(ScriptError.STACK_SIZE);
    assertThat(run(transaction, repeat(0x61, 202))).isEqualTo(ScriptError.OP_COUNT);
    byte[] open = repeat(0x63, 201);
    assertThat(run(transaction, Signer.concat(new byte[] {0}, open)))
        .isEqualTo(ScriptError.UNBALANCED_CONDITIONAL);
    byte[] item = Signer.concat(new byte[] {0x4d, 9, 2}, new byte[521]);
    assertThat(run(transaction, item)).isEqualTo(ScriptError.PUSH_SIZE);
    byte[] doubling =
        Signer.concat(Scripts.push(new byte[520]), repeat(0x6f, 200), new byte[] {0x51});
    assertThat(run(transaction, doubling)).isEqualTo(ScriptError.INVALID_STACK_OPERATION);
    byte[] hashes = Signer.concat(Scripts.push(new byte[520]), repeat(0xaa, 200));
    assertThat(run(transaction, hashes)).isEqualTo(ScriptError.OK);
  }

  private static ScriptError run(Transaction transaction, byte[] script) {
    return ScriptVerifier.verify(spending(transaction, script), 0, ScriptFlags.NONE);
  }
}
