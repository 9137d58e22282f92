package org.fondaco.chain.utxo.descriptor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.chain.crypto.Ecdsa;
import org.fondaco.chain.crypto.ShortHash;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.jspecify.annotations.Nullable;

/**
 * A key as a descriptor writes it: where it comes from, itself, and the path below it.
 *
 * @param origin null where none is given
 * @param source the key
 * @param path below an extended key, without the wildcard
 * @param mark how hardened numbers were written
 */
record KeyExpression(
    @Nullable Origin origin, Source source, List<Integer> path, Wildcard wildcard, char mark) {
  /** Which key stands above. */
  record Origin(byte[] fingerprint, List<Integer> path) {}

  /** What may stand at the end of a path. */
  enum Wildcard {
    NONE,
    PLAIN,
    HARDENED
  }

  /** The key itself. */
  sealed interface Source {
    /** In hexadecimal: 33 or 65 bytes, or 32 in taproot. */
    record Bare(byte[] key, boolean xonly) implements Source {}

    /** A secret in the wallet import format. */
    record Secret(AddressFormat.PrivateKey key) implements Source {}

    record Extended(ExtendedKey key) implements Source {}
  }

  KeyExpression {
    path = List.copyOf(path);
  }

  boolean isRange() {
    return wildcard != Wildcard.NONE;
  }

  boolean hasSecret() {
    return switch (source) {
      case Source.Bare _ -> false;
      case Source.Secret _ -> true;
      case Source.Extended extended -> extended.key.secret() != null;
    };
  }

  boolean isCompressed() {
    return switch (source) {
      case Source.Bare bare -> bare.key.length == 33;
      case Source.Secret secret -> secret.key.compressed();
      case Source.Extended _ -> true;
    };
  }

  /**
   * The key at an index.
   *
   * @throws DescriptorException if it is hardened and the secret is not known
   */
  DerivedKey derive(int index) {
    return switch (source) {
      case Source.Bare bare -> alone(bare.key, null);
      case Source.Secret secret ->
          alone(Ecdsa.publicKey(secret.key.bytes(), secret.key.compressed()), secret.key.bytes());
      case Source.Extended extended -> {
        List<Integer> whole = whole(index);
        ExtendedKey key = walk(extended.key, whole);
        List<Integer> full = new ArrayList<>(origin == null ? List.of() : origin.path);
        full.addAll(whole);
        yield new DerivedKey(key.publicKey(), key.secret(), root(extended.key), full);
      }
    };
  }

  private List<Integer> whole(int index) {
    List<Integer> whole = new ArrayList<>(path);
    if (wildcard != Wildcard.NONE) {
      whole.add(wildcard == Wildcard.HARDENED ? index | ExtendedKey.HARDENED : index);
    }
    return whole;
  }

  private DerivedKey alone(byte[] publicKey, byte @Nullable [] secret) {
    byte[] fingerprint =
        origin == null ? Arrays.copyOf(ShortHash.hash160(publicKey), 4) : origin.fingerprint;
    return new DerivedKey(publicKey, secret, fingerprint, origin == null ? List.of() : origin.path);
  }

  private byte[] root(ExtendedKey key) {
    return origin == null ? key.fingerprint() : origin.fingerprint;
  }

  private static ExtendedKey walk(ExtendedKey key, List<Integer> path) {
    ExtendedKey at = key;
    for (int number : path) {
      if (number < 0 && at.secret() == null) {
        throw new DescriptorException("Cannot derive script without private keys");
      }
      at = at.child(number);
    }
    return at;
  }

  /**
   * The key whose children at {@link #suffix} are meant: everything above is derived, so that many
   * indexes cost little.
   */
  KeyExpression shortened() {
    if (!(source instanceof Source.Extended extended)
        || path.isEmpty()
        || extended.key.secret() == null && path.stream().anyMatch(number -> number < 0)) {
      return this;
    }
    List<Integer> above = new ArrayList<>(origin == null ? List.of() : origin.path);
    above.addAll(path);
    return new KeyExpression(
        new Origin(root(extended.key), above),
        new Source.Extended(walk(extended.key, path)),
        List.of(),
        wildcard,
        mark);
  }

  /** As Core normalises it: derived down to the last hardened number, with where it comes from. */
  KeyExpression normalized() {
    int last = -1;
    for (int i = 0; i < path.size(); i++) {
      last = path.get(i) < 0 ? i : last;
    }
    if (last < 0 || !(source instanceof Source.Extended extended)) {
      return this;
    }
    List<Integer> hardened = path.subList(0, last + 1);
    List<Integer> above = new ArrayList<>(origin == null ? List.of() : origin.path);
    above.addAll(hardened);
    return new KeyExpression(
        new Origin(root(extended.key), above),
        new Source.Extended(walk(extended.key, hardened)),
        path.subList(last + 1, path.size()),
        wildcard,
        'h');
  }

  /** The key at an index alone, with where it comes from. */
  KeyExpression at(int index, boolean xonly) {
    DerivedKey key = derive(index);
    byte[] bytes = key.publicKey().clone();
    bytes[0] = xonly ? 2 : bytes[0];
    return new KeyExpression(
        new Origin(key.fingerprint(), key.path()),
        new Source.Bare(bytes, xonly),
        List.of(),
        Wildcard.NONE,
        'h');
  }

  /** As a descriptor writes it. */
  String text(AddressFormat format, boolean secrets) {
    StringBuilder text = new StringBuilder();
    if (origin != null) {
      text.append('[').append(HexFormat.of().formatHex(origin.fingerprint));
      text.append(Paths.steps(origin.path, mark)).append(']');
    }
    switch (source) {
      case Source.Bare bare ->
          text.append(HexFormat.of().formatHex(bare.key, bare.xonly ? 1 : 0, bare.key.length));
      case Source.Secret secret ->
          text.append(
              secrets
                  ? format.text(secret.key)
                  : HexFormat.of()
                      .formatHex(Ecdsa.publicKey(secret.key.bytes(), secret.key.compressed())));
      case Source.Extended extended ->
          text.append(
              (secrets ? extended.key : extended.key.withoutSecret())
                  .text(KeyParser.isTest(format)));
    }
    text.append(Paths.steps(path, mark));
    text.append(
        switch (wildcard) {
          case NONE -> "";
          case PLAIN -> "/*";
          case HARDENED -> "/*" + mark;
        });
    return text.toString();
  }
}
