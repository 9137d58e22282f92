package org.fondaco.chain.utxo.script;

import static org.fondaco.chain.utxo.script.ScriptException.require;

import org.jspecify.annotations.Nullable;

/** Bitcoin's signatures: ECDSA by one key or several, and BIP-342's. */
final class SignatureGroup {
  private static final int XONLY_BYTES = 32;

  private SignatureGroup() {}

  static void install(@Nullable Operation[] table) {
    table[Opcodes.OP_CODESEPARATOR] =
        machine -> {
          machine.separateCode();
          if (machine.version() == SignatureVersion.TAPSCRIPT) {
            machine.tapscript().separate(machine.operationIndex());
          }
        };
    table[Opcodes.OP_CHECKSIG] = machine -> machine.push(checkSignature(machine));
    table[Opcodes.OP_CHECKSIGVERIFY] =
        machine -> machine.verify(checkSignature(machine), ScriptError.CHECKSIGVERIFY);
    table[Opcodes.OP_CHECKSIGADD] = SignatureGroup::checkAndAdd;
    table[Opcodes.OP_CHECKMULTISIG] = machine -> machine.push(checkSeveral(machine));
    table[Opcodes.OP_CHECKMULTISIGVERIFY] =
        machine -> machine.verify(checkSeveral(machine), ScriptError.CHECKMULTISIGVERIFY);
  }

  private static boolean checkSignature(Machine machine) {
    machine.need(2);
    byte[] signature = machine.stack().at(1);
    byte[] key = machine.stack().at(0);
    boolean good =
        machine.version() == SignatureVersion.TAPSCRIPT
            ? checkTapscript(machine, signature, key)
            : checkEcdsa(machine, signature, key);
    machine.stack().drop(2);
    return good;
  }

  private static boolean checkEcdsa(Machine machine, byte[] signature, byte[] key) {
    byte[] code = withoutSignature(machine, machine.code(), signature);
    SignatureEncoding.check(signature, machine.flags());
    SignatureEncoding.checkKey(key, machine.flags(), machine.version());
    boolean good = machine.checker().ecdsa(signature, key, code, machine.version());
    require(
        good || signature.length == 0 || !machine.has(ScriptFlag.NULLFAIL), ScriptError.NULLFAIL);
    return good;
  }

  /** A signature cannot sign itself, so scripts before BIP-143 are signed without it. */
  private static byte[] withoutSignature(Machine machine, byte[] code, byte[] signature) {
    if (machine.version() != SignatureVersion.BASE) {
      return code;
    }
    byte[] without = Scripts.without(code, Scripts.push(signature));
    require(
        without == code || !machine.has(ScriptFlag.CONST_SCRIPTCODE),
        ScriptError.SIG_FINDANDDELETE);
    return without;
  }

  /** BIP-342: an empty signature fails softly, a wrong one ends the script. */
  private static boolean checkTapscript(Machine machine, byte[] signature, byte[] key) {
    boolean present = signature.length > 0;
    if (present) {
      machine.tapscript().spend();
    }
    require(key.length > 0, ScriptError.TAPSCRIPT_EMPTY_PUBKEY);
    if (key.length == XONLY_BYTES) {
      if (present) {
        machine.checker().schnorr(signature, key, machine.tapscript().path());
      }
    } else {
      require(
          !machine.has(ScriptFlag.DISCOURAGE_UPGRADABLE_PUBKEYTYPE),
          ScriptError.DISCOURAGE_UPGRADABLE_PUBKEYTYPE);
    }
    return present;
  }

  private static void checkAndAdd(Machine machine) {
    require(machine.version() == SignatureVersion.TAPSCRIPT, ScriptError.BAD_OPCODE);
    machine.need(3);
    long count = machine.number(1);
    boolean good = checkTapscript(machine, machine.stack().at(2), machine.stack().at(0));
    machine.stack().drop(3);
    machine.push(good ? count + 1 : count);
  }

  /** On the stack: dummy, signatures, their count, keys, their count. */
  private static boolean checkSeveral(Machine machine) {
    require(machine.version() != SignatureVersion.TAPSCRIPT, ScriptError.TAPSCRIPT_CHECKMULTISIG);
    machine.need(1);
    long keys = machine.number(0);
    require(keys >= 0 && keys <= Machine.KEYS_MAX, ScriptError.PUBKEY_COUNT);
    machine.countOperations((int) keys);
    machine.need((int) keys + 2);
    long signatures = machine.number((int) keys + 1);
    require(signatures >= 0 && signatures <= keys, ScriptError.SIG_COUNT);
    int items = (int) (keys + signatures) + 2;
    machine.need(items);
    boolean good = matchAll(machine, (int) signatures, (int) keys);
    clear(machine, good, (int) keys + 2, items);
    machine.need(1);
    require(
        !machine.has(ScriptFlag.NULLDUMMY) || machine.stack().top().length == 0,
        ScriptError.SIG_NULLDUMMY);
    machine.stack().pop();
    return good;
  }

  /** Each signature has to match a key, in the same order. */
  private static boolean matchAll(Machine machine, int signatures, int keys) {
    ItemStack stack = machine.stack();
    int firstSignature = keys + 2;
    byte[] code = machine.code();
    for (int i = 0; i < signatures; i++) {
      code = withoutSignature(machine, code, stack.at(firstSignature + i));
    }
    int done = 0;
    for (int tried = 0; done < signatures && signatures - done <= keys - tried; tried++) {
      byte[] signature = stack.at(firstSignature + done);
      byte[] key = stack.at(1 + tried);
      SignatureEncoding.check(signature, machine.flags());
      SignatureEncoding.checkKey(key, machine.flags(), machine.version());
      if (machine.checker().ecdsa(signature, key, code, machine.version())) {
        done++;
      }
    }
    return done == signatures;
  }

  private static void clear(Machine machine, boolean good, int beforeSignatures, int items) {
    for (int i = 0; i < items; i++) {
      byte[] item = machine.stack().pop();
      require(
          good || i < beforeSignatures || item.length == 0 || !machine.has(ScriptFlag.NULLFAIL),
          ScriptError.NULLFAIL);
    }
  }
}
