package org.fondaco.chain.utxo.script;

import static org.fondaco.chain.utxo.script.ScriptException.require;

import java.util.Arrays;
import org.fondaco.chain.crypto.Ecdsa;
import org.fondaco.chain.crypto.Schnorr;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** Bitcoin Cash's signatures: ECDSA's and Schnorr's, of transactions and of data. */
final class CashSignatureGroup {
  private CashSignatureGroup() {}

  static void install(@Nullable Operation[] table) {
    table[Opcodes.OP_CODESEPARATOR] = Machine::separateCode;
    table[Opcodes.OP_CHECKSIG] = machine -> machine.push(checkSignature(machine));
    table[Opcodes.OP_CHECKSIGVERIFY] =
        machine -> machine.verify(checkSignature(machine), ScriptError.CHECKSIGVERIFY);
    table[Opcodes.OP_CHECKDATASIG] = machine -> machine.push(checkData(machine));
    table[Opcodes.OP_CHECKDATASIGVERIFY] =
        machine -> machine.verify(checkData(machine), ScriptError.CHECKDATASIGVERIFY);
    table[Opcodes.OP_CHECKMULTISIG] = machine -> machine.push(checkSeveral(machine));
    table[Opcodes.OP_CHECKMULTISIGVERIFY] =
        machine -> machine.verify(checkSeveral(machine), ScriptError.CHECKMULTISIGVERIFY);
  }

  private static boolean checkSignature(Machine machine) {
    machine.need(2);
    byte[] signature = machine.stack().at(1);
    byte[] key = machine.stack().at(0);
    CashEncoding.check(signature, CashEncoding.Kind.ANY, machine.flags());
    CashEncoding.checkKey(key, machine.flags());
    boolean good = false;
    if (signature.length > 0) {
      good = verify(machine, signature, key, withoutSignature(machine, machine.code(), signature));
      machine.costs().checked(1);
      requireNull(machine, good);
    }
    machine.stack().drop(2);
    return good;
  }

  private static void requireNull(Machine machine, boolean good) {
    require(good || !machine.has(ScriptFlag.NULLFAIL), ScriptError.NULLFAIL);
  }

  /** BIP-143's message holds no signature, so only the original form is without it. */
  private static byte[] withoutSignature(Machine machine, byte[] code, byte[] signature) {
    int hashType = signature.length == 0 ? 0 : signature[signature.length - 1];
    return CashSignatureHash.isForked(hashType, machine.flags())
        ? code
        : Scripts.without(code, Scripts.push(signature));
  }

  /** Whether the key signed the transaction; charges what is hashed for it. */
  private static boolean verify(Machine machine, byte[] signature, byte[] key, byte[] code) {
    if (signature.length == 0 || !SignatureEncoding.isKey(key)) {
      return false;
    }
    int last = signature.length - 1;
    SignatureChecker checker = machine.checker();
    byte[] message =
        CashSignatureHash.message(
            checker.spending(), checker.index(), code, signature[last] & 0xff, machine.flags());
    byte[] hash = new byte[Hash.BYTES];
    if (message == null) {
      hash[0] = 1;
    } else {
      machine.costs().hashed(message.length, true);
      hash = Sha256.twice(message);
    }
    return verifyRaw(Arrays.copyOf(signature, last), hash, key, machine.flags());
  }

  private static boolean verifyRaw(byte[] raw, byte[] hash, byte[] key, ScriptFlags flags) {
    return CashEncoding.isSchnorr(raw, flags)
        ? Schnorr.verifyCash(raw, hash, key)
        : Ecdsa.verify(raw, hash, key);
  }

  private static boolean checkData(Machine machine) {
    machine.need(3);
    byte[] signature = machine.stack().at(2);
    byte[] message = machine.stack().at(1);
    byte[] key = machine.stack().at(0);
    if (signature.length > 0) {
      CashEncoding.checkRaw(signature, CashEncoding.Kind.ANY, machine.flags());
    }
    CashEncoding.checkKey(key, machine.flags());
    boolean good = false;
    if (signature.length > 0) {
      good =
          SignatureEncoding.isKey(key)
              && verifyRaw(signature, Sha256.hash(message), key, machine.flags());
      machine.costs().checked(1);
      machine.costs().hashed(message.length, false);
      requireNull(machine, good);
    }
    machine.stack().drop(3);
    return good;
  }

  /**
   * Where several sign. By depth: the count of keys, keys, the count of signatures, signatures, and
   * an item that is empty or, for Schnorr's, says which keys sign.
   */
  private record Several(int keys, int signatures) {
    int firstSignature() {
      return keys + 2;
    }

    int dummy() {
      return keys + signatures + 2;
    }
  }

  private static boolean checkSeveral(Machine machine) {
    machine.need(1);
    long keys = machine.number(0);
    require(keys >= 0 && keys <= Machine.KEYS_MAX, ScriptError.PUBKEY_COUNT);
    machine.countOperations((int) keys);
    machine.need((int) keys + 2);
    long signatures = machine.number((int) keys + 1);
    require(signatures >= 0 && signatures <= keys, ScriptError.SIG_COUNT);
    Several several = new Several((int) keys, (int) signatures);
    machine.need(several.dummy() + 1);
    byte[] dummy = machine.stack().at(several.dummy());
    boolean good = true;
    if (dummy.length > 0 && machine.has(ScriptFlag.SCHNORR_MULTISIG)) {
      checkSchnorr(machine, several, dummy);
    } else {
      good = checkEcdsa(machine, several);
      require(dummy.length == 0 || !machine.has(ScriptFlag.NULLDUMMY), ScriptError.SIG_NULLDUMMY);
    }
    machine.stack().drop(several.dummy() + 1);
    return good;
  }

  /** November 2019: the bits of the dummy name the keys, from the first that was pushed. */
  private static void checkSchnorr(Machine machine, Several several, byte[] dummy) {
    require(dummy.length == (several.keys + 7) / 8, ScriptError.BITFIELD_SIZE);
    int bits = 0;
    for (int i = 0; i < dummy.length; i++) {
      bits |= (dummy[i] & 0xff) << 8 * i;
    }
    require(bits >>> several.keys == 0, ScriptError.BIT_RANGE);
    require(Integer.bitCount(bits) == several.signatures, ScriptError.INVALID_BIT_COUNT);
    int depth = several.dummy() - 1;
    for (int i = 0; i < several.keys; i++) {
      if ((bits >>> i & 1) == 0) {
        continue;
      }
      byte[] signature = machine.stack().at(depth--);
      byte[] key = machine.stack().at(several.keys - i);
      CashEncoding.check(signature, CashEncoding.Kind.SCHNORR, machine.flags());
      CashEncoding.checkKey(key, machine.flags());
      require(verify(machine, signature, key, machine.code()), ScriptError.NULLFAIL);
      machine.costs().checked(1);
    }
  }

  /** Each signature has to match a key, in the same order. */
  private static boolean checkEcdsa(Machine machine, Several several) {
    ItemStack stack = machine.stack();
    byte[] code = machine.code();
    boolean allNull = true;
    for (int i = 0; i < several.signatures; i++) {
      byte[] signature = stack.at(several.firstSignature() + i);
      code = withoutSignature(machine, code, signature);
      allNull &= signature.length == 0;
    }
    int done = 0;
    for (int tried = 0;
        done < several.signatures && several.signatures - done <= several.keys - tried;
        tried++) {
      byte[] signature = stack.at(several.firstSignature() + done);
      byte[] key = stack.at(1 + tried);
      CashEncoding.check(signature, CashEncoding.Kind.ECDSA, machine.flags());
      CashEncoding.checkKey(key, machine.flags());
      if (verify(machine, signature, key, code)) {
        done++;
      }
    }
    boolean good = done == several.signatures;
    if (!allNull) {
      requireNull(machine, good);
      // As many as there may have been to check.
      machine.costs().checked(several.keys);
    }
    return good;
  }
}
