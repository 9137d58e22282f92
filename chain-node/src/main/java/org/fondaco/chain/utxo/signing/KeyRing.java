package org.fondaco.chain.utxo.signing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.fondaco.chain.crypto.Schnorr;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.crypto.ShortHash;
import org.fondaco.chain.utxo.descriptor.DerivedKey;
import org.fondaco.chain.utxo.descriptor.Expanded;
import org.fondaco.chain.utxo.descriptor.ScriptForms;
import org.fondaco.chain.utxo.script.Taproot;
import org.jspecify.annotations.Nullable;

/** Secrets and scripts at hand for one signing; not safe for several threads. */
public final class KeyRing {
  private final Map<String, KeyPair> byHash = new HashMap<>();
  private final Map<String, byte[]> scripts = new HashMap<>();
  private final Map<String, byte[]> taproot = new HashMap<>();

  /** A public key with its secret. */
  record KeyPair(byte[] publicKey, byte[] secret) {}

  private static String name(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  /** Takes what spends a script of a descriptor. */
  public void add(Expanded expanded) {
    for (DerivedKey key : expanded.keys()) {
      byte[] secret = key.secret();
      if (secret != null) {
        add(key.publicKey(), secret);
      }
    }
    addScript(expanded.redeemScript());
    addScript(expanded.witnessScript());
  }

  /**
   * Takes a key, for whatever pays it: its hash, its program, and taproot without scripts.
   *
   * @param publicKey 33 or 65 bytes
   */
  public void add(byte[] publicKey, byte[] secret) {
    byHash.put(name(ShortHash.hash160(publicKey)), new KeyPair(publicKey, secret));
    byte[] x = Arrays.copyOfRange(publicKey, 1, 33);
    byte[] tweak = Taproot.tweak(x, null);
    byte[] output = Schnorr.tweaked(x, tweak);
    if (output != null) {
      taproot.put(name(Arrays.copyOfRange(output, 1, 33)), Schnorr.tweakedSecret(secret, tweak));
    }
    taproot.putIfAbsent(name(x), secret); // an output key that is not tweaked
    if (publicKey.length == 33) {
      addScript(ScriptForms.witnessKeyHash(publicKey));
    }
  }

  /** Takes a script that hashes stand for. */
  public void addScript(byte @Nullable [] script) {
    if (script != null) {
      scripts.put(name(ShortHash.hash160(script)), script);
      scripts.put(name(Sha256.hash(script)), script);
    }
  }

  @Nullable KeyPair ofHash(byte[] hash) {
    return byHash.get(name(hash));
  }

  /** The script of a hash of 20 or 32 bytes. */
  byte @Nullable [] script(byte[] hash) {
    return scripts.get(name(hash));
  }

  /** The secret of an output key of taproot, which already is tweaked. */
  byte @Nullable [] taprootSecret(byte[] outputKey) {
    return taproot.get(name(outputKey));
  }
}
