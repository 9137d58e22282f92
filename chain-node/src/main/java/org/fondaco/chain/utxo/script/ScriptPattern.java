package org.fondaco.chain.utxo.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The usual form that a script has: Bitcoin Core's Solver.
 *
 * @param parts keys, hashes or programs, as the type says
 * @param required signatures that {@link Type#MULTISIG} asks for, else 0
 */
public record ScriptPattern(Type type, List<byte[]> parts, int required) {
  private static final int KEY_HASH_BYTES = 20;
  private static final int SCRIPT_HASH_BYTES = 32;

  /** With Bitcoin Core's names. */
  public enum Type {
    PUBKEY("pubkey"),
    PUBKEYHASH("pubkeyhash"),
    SCRIPTHASH("scripthash"),
    /** Bitcoin Cash's hash of 32 bytes; Bitcoin takes it for a script like any other. */
    LONG_SCRIPTHASH("scripthash"),
    MULTISIG("multisig"),
    NULLDATA("nulldata"),
    ANCHOR("anchor"),
    WITNESS_V0_KEYHASH("witness_v0_keyhash"),
    WITNESS_V0_SCRIPTHASH("witness_v0_scripthash"),
    WITNESS_V1_TAPROOT("witness_v1_taproot"),
    /** Its parts: the version's byte and the program. */
    WITNESS_UNKNOWN("witness_unknown"),
    NONSTANDARD("nonstandard");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** As JSON-RPC writes it. */
    public String word() {
      return word;
    }
  }

  /** Of a script of Bitcoin or Litecoin. */
  public static ScriptPattern of(byte[] script) {
    Scripts.WitnessProgram program = Scripts.witnessProgram(script);
    if (Scripts.isScriptHash(script)) {
      return one(Type.SCRIPTHASH, Arrays.copyOfRange(script, 2, 22));
    }
    return program == null ? plain(script) : witness(program);
  }

  /** Of a script of Bitcoin Cash, which knows no witnesses, without its token. */
  public static ScriptPattern ofCash(byte[] script) {
    if (Scripts.isScriptHash(script)) {
      return one(Type.SCRIPTHASH, Arrays.copyOfRange(script, 2, 22));
    }
    if (Scripts.isLongScriptHash(script)) {
      return one(Type.LONG_SCRIPTHASH, Arrays.copyOfRange(script, 2, 34));
    }
    return plain(script);
  }

  private static ScriptPattern one(Type type, byte[] part) {
    return new ScriptPattern(type, List.of(part), 0);
  }

  private static ScriptPattern witness(Scripts.WitnessProgram program) {
    byte[] bytes = program.program();
    if (program.version() == 0) {
      return switch (bytes.length) {
        case KEY_HASH_BYTES -> one(Type.WITNESS_V0_KEYHASH, bytes);
        case SCRIPT_HASH_BYTES -> one(Type.WITNESS_V0_SCRIPTHASH, bytes);
        default -> new ScriptPattern(Type.NONSTANDARD, List.of(), 0);
      };
    }
    if (program.version() == 1 && bytes.length == SCRIPT_HASH_BYTES) {
      return one(Type.WITNESS_V1_TAPROOT, bytes);
    }
    if (ScriptVerifier.isAnchor(program)) {
      return one(Type.ANCHOR, bytes);
    }
    byte[] version = {(byte) program.version()};
    return new ScriptPattern(Type.WITNESS_UNKNOWN, List.of(version, bytes), 0);
  }

  private static ScriptPattern plain(byte[] script) {
    if (script.length > 0 && script[0] == (byte) Opcodes.OP_RETURN) {
      byte[] rest = Arrays.copyOfRange(script, 1, script.length);
      Type type = Scripts.isPushOnly(rest) ? Type.NULLDATA : Type.NONSTANDARD;
      return new ScriptPattern(type, List.of(), 0);
    }
    if (isKeyHash(script)) {
      return one(Type.PUBKEYHASH, Arrays.copyOfRange(script, 3, 23));
    }
    int length = script.length;
    if (length > 2
        && script[0] == length - 2
        && script[length - 1] == (byte) Opcodes.OP_CHECKSIG
        && SignatureEncoding.isKey(Arrays.copyOfRange(script, 1, length - 1))) {
      return one(Type.PUBKEY, Arrays.copyOfRange(script, 1, length - 1));
    }
    ScriptPattern multisig = multisig(script);
    return multisig == null ? new ScriptPattern(Type.NONSTANDARD, List.of(), 0) : multisig;
  }

  private static boolean isKeyHash(byte[] script) {
    return script.length == 25
        && script[0] == (byte) Opcodes.OP_DUP
        && script[1] == (byte) Opcodes.OP_HASH160
        && script[2] == KEY_HASH_BYTES
        && script[23] == (byte) Opcodes.OP_EQUALVERIFY
        && script[24] == (byte) Opcodes.OP_CHECKSIG;
  }

  /** Required, keys, their count, OP_CHECKMULTISIG. */
  private static @Nullable ScriptPattern multisig(byte[] script) {
    ScriptReader reader = new ScriptReader(script);
    int last = script.length - 1;
    if (last < 2 || script[last] != (byte) Opcodes.OP_CHECKMULTISIG || !reader.next()) {
      return null;
    }
    int required = Opcodes.smallNumber(reader.opcode());
    List<byte[]> keys = new ArrayList<>();
    boolean more = reader.next();
    while (more && SignatureEncoding.isKey(reader.data())) {
      keys.add(reader.data());
      more = reader.next();
    }
    boolean matches =
        more
            && reader.position() == last
            && required >= 1
            && required <= keys.size()
            && Opcodes.smallNumber(reader.opcode()) == keys.size();
    return matches ? new ScriptPattern(Type.MULTISIG, keys, required) : null;
  }
}
