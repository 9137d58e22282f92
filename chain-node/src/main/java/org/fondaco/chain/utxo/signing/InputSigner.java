package org.fondaco.chain.utxo.signing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fondaco.chain.crypto.Ecdsa;
import org.fondaco.chain.crypto.Schnorr;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.crypto.ShortHash;
import org.fondaco.chain.utxo.descriptor.ScriptForms;
import org.fondaco.chain.utxo.script.CashSignatureHash;
import org.fondaco.chain.utxo.script.CashVerifier;
import org.fondaco.chain.utxo.script.ScriptPattern;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.script.SignatureHash;
import org.fondaco.chain.utxo.script.Spending;
import org.fondaco.chain.utxo.script.Taproot;
import org.fondaco.chain.utxo.token.TokenScript;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/** Makes what one input has to show: Bitcoin Core's ProduceSignature. */
final class InputSigner {
  private static final int HASH_TYPE_DEFAULT = 0;
  private static final byte[] NOTHING = {};

  private final Spending spending;
  private final int index;
  private final KeyRing ring;
  private final int hashType;
  private final boolean cash;

  /** Signatures with their hash types that others made. */
  private final List<byte[]> candidates;

  /**
   * A signer of one input.
   *
   * @param hashType 0 for the default: everything
   */
  InputSigner(
      Spending spending,
      int index,
      KeyRing ring,
      int hashType,
      boolean cash,
      List<byte[]> candidates) {
    this.spending = spending;
    this.index = index;
    this.ring = ring;
    this.hashType = hashType;
    this.cash = cash;
    this.candidates = candidates;
  }

  /** The input with all signatures that can be made; null if there is nothing to show at all. */
  @Nullable Input sign() {
    byte[] output = spending.spent().get(index).script();
    byte[] script = cash ? TokenScript.of(output).script() : output;
    Input bare = new Input(input().outPoint(), NOTHING, input().sequence());
    ScriptPattern pattern = pattern(script);
    if (pattern.type() == ScriptPattern.Type.SCRIPTHASH) {
      byte[] redeem = ring.script(pattern.parts().getFirst());
      if (redeem == null) {
        return null;
      }
      ScriptPattern inner = pattern(redeem);
      List<byte[]> witness = cash ? null : witness(inner);
      if (witness != null) {
        return bare.withScript(Scripts.push(redeem)).withWitness(witness);
      }
      List<byte[]> items = base(inner, redeem, false);
      if (items == null) {
        return null;
      }
      items.add(redeem);
      return bare.withScript(pushes(items));
    }
    List<byte[]> witness = cash ? null : witness(pattern);
    if (witness != null) {
      return bare.withWitness(witness);
    }
    List<byte[]> items = base(pattern, script, false);
    return items == null ? null : bare.withScript(pushes(items));
  }

  private Input input() {
    return spending.transaction().inputs().get(index);
  }

  private ScriptPattern pattern(byte[] script) {
    return cash ? ScriptPattern.ofCash(script) : ScriptPattern.of(script);
  }

  private static byte[] pushes(List<byte[]> items) {
    WireWriter writer = new WireWriter();
    items.forEach(item -> writer.bytes(item.length == 0 ? new byte[] {0} : Scripts.push(item)));
    return writer.toBytes();
  }

  /** Items for a witness program; null if it is none, or nothing is known of it. */
  private @Nullable List<byte[]> witness(ScriptPattern pattern) {
    byte[] program = pattern.parts().isEmpty() ? NOTHING : pattern.parts().getFirst();
    return switch (pattern.type()) {
      case WITNESS_V0_KEYHASH -> {
        byte[] code = ScriptForms.ofKeyHash(program);
        yield base(ScriptPattern.of(code), code, true);
      }
      case WITNESS_V0_SCRIPTHASH -> {
        byte[] script = ring.script(program);
        List<byte[]> items = script == null ? null : base(ScriptPattern.of(script), script, true);
        if (items != null && script != null) {
          items.add(script);
        }
        yield items;
      }
      case WITNESS_V1_TAPROOT -> {
        byte[] signature = taproot(program);
        yield signature == null ? null : List.of(signature);
      }
      case PUBKEY,
          PUBKEYHASH,
          SCRIPTHASH,
          LONG_SCRIPTHASH,
          MULTISIG,
          NULLDATA,
          ANCHOR,
          WITNESS_UNKNOWN,
          NONSTANDARD ->
          null;
    };
  }

  /** Items for a script with keys, in a list of the caller's; null if nothing is known of it. */
  private @Nullable List<byte[]> base(ScriptPattern pattern, byte[] code, boolean witness) {
    return switch (pattern.type()) {
      case PUBKEY -> {
        byte[] signature = signature(pattern.parts().getFirst(), code, witness);
        yield signature == null ? null : new ArrayList<>(List.of(signature));
      }
      case PUBKEYHASH -> {
        KeyRing.KeyPair pair = ring.ofHash(pattern.parts().getFirst());
        byte[] signature = pair == null ? null : signature(pair.publicKey(), code, witness);
        yield pair == null || signature == null
            ? null
            : new ArrayList<>(List.of(signature, pair.publicKey()));
      }
      case MULTISIG -> multisig(pattern, code, witness);
      case SCRIPTHASH,
          LONG_SCRIPTHASH,
          NULLDATA,
          ANCHOR,
          WITNESS_V0_KEYHASH,
          WITNESS_V0_SCRIPTHASH,
          WITNESS_V1_TAPROOT,
          WITNESS_UNKNOWN,
          NONSTANDARD ->
          null;
    };
  }

  /** As many signatures as there are, up to those asked for, and nothing in place of the others. */
  private @Nullable List<byte[]> multisig(ScriptPattern pattern, byte[] code, boolean witness) {
    List<byte[]> items = new ArrayList<>();
    items.add(NOTHING);
    for (byte[] key : pattern.parts()) {
      byte[] signature = items.size() <= pattern.required() ? signature(key, code, witness) : null;
      if (signature != null) {
        items.add(signature);
      }
    }
    if (items.size() == 1) {
      return null;
    }
    while (items.size() <= pattern.required()) {
      items.add(NOTHING);
    }
    return items;
  }

  /** Of a key: made here, or by others; null if neither. */
  private byte @Nullable [] signature(byte[] key, byte[] code, boolean witness) {
    KeyRing.KeyPair pair = ring.ofHash(ShortHash.hash160(key));
    if (pair != null) {
      int type = hashType == HASH_TYPE_DEFAULT ? SignatureHash.ALL : hashType;
      int written = cash ? type | CashSignatureHash.FORK_ID : type;
      byte[] der = Ecdsa.sign(hash(code, written, witness), pair.secret());
      return new WireWriter().bytes(der).uint8(written).toBytes();
    }
    for (byte[] candidate : candidates) {
      int last = candidate.length - 1;
      byte[] hash = hash(code, candidate[last] & 0xff, witness);
      if (Ecdsa.verify(Arrays.copyOf(candidate, last), hash, key)) {
        return candidate;
      }
    }
    return null;
  }

  private byte[] hash(byte[] code, int type, boolean witness) {
    if (cash) {
      byte[] message =
          CashSignatureHash.message(spending, index, code, type, CashVerifier.MANDATORY_2025);
      if (message != null) {
        return Sha256.twice(message);
      }
    }
    return witness
        ? SignatureHash.segregated(spending, index, code, type)
        : SignatureHash.legacy(spending.transaction(), index, code, type);
  }

  /** BIP-341 by the output's key; the auxiliary bytes are zeros, as in Bitcoin Core. */
  private byte @Nullable [] taproot(byte[] outputKey) {
    byte[] secret = ring.taprootSecret(outputKey);
    byte[] hash =
        secret == null ? null : Taproot.signatureHash(spending, index, hashType, Taproot.Path.KEY);
    if (hash == null || secret == null) {
      return null;
    }
    byte[] signature = Schnorr.sign(hash, secret, new byte[32]);
    return hashType == HASH_TYPE_DEFAULT
        ? signature
        : new WireWriter().bytes(signature).uint8(hashType).toBytes();
  }
}
