package org.fondaco.chain.utxo.descriptor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.jspecify.annotations.Nullable;

/** An output descriptor of BIP-380 to 386. Immutable. */
public final class Descriptor {
  private final Node node;
  private final AddressFormat format;

  Descriptor(Node node, AddressFormat format) {
    this.node = node;
    this.format = format;
  }

  /** What a descriptor's functions say. */
  sealed interface Node {
    /** pk, pkh, wpkh, combo, tr or rawtr. */
    record Single(Form form, KeyExpression key) implements Node {}

    /** multi or sortedmulti. */
    record Multi(int threshold, boolean sorted, List<KeyExpression> keys) implements Node {}

    /** sh or wsh. */
    record Wrapped(boolean witness, Node inner) implements Node {}

    /** addr or raw. */
    record Fixed(String function, String text, byte[] script) implements Node {}
  }

  /** What one key is the key of; the names are the functions'. */
  enum Form {
    PK,
    PKH,
    WPKH,
    COMBO,
    TR,
    RAWTR;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * Reads a descriptor.
   *
   * @param requireChecksum whether it must have one; one that is there must be right
   * @throws DescriptorException if it is none of this network
   */
  public static Descriptor parse(String text, AddressFormat format, boolean requireChecksum) {
    return new DescriptorParser(format).parse(text, requireChecksum);
  }

  /** Whether it stands for a script at every index. */
  public boolean isRange() {
    return keys(node).stream().anyMatch(KeyExpression::isRange);
  }

  /** Whether it says how to spend, keys apart. */
  public boolean isSolvable() {
    return !(node instanceof Node.Fixed)
        && !(node instanceof Node.Single single && single.form == Form.RAWTR);
  }

  public boolean hasPrivateKeys() {
    return keys(node).stream().anyMatch(KeyExpression::hasSecret);
  }

  /** Whether every key's secret is known. */
  public boolean hasAllPrivateKeys() {
    List<KeyExpression> keys = keys(node);
    return !keys.isEmpty() && keys.stream().allMatch(KeyExpression::hasSecret);
  }

  /** Whether it is {@code combo}, which stands for several scripts. */
  public boolean isCombo() {
    return node instanceof Node.Single single && single.form == Form.COMBO;
  }

  private static List<KeyExpression> keys(Node node) {
    return switch (node) {
      case Node.Single single -> List.of(single.key);
      case Node.Multi multi -> multi.keys;
      case Node.Wrapped wrapped -> keys(wrapped.inner);
      case Node.Fixed _ -> List.of();
    };
  }

  /** Public, with its checksum. */
  public String text() {
    return withChecksum(write(node, false));
  }

  /** With the secrets that it was given, and its checksum. */
  public String privateText() {
    return withChecksum(write(node, true));
  }

  /**
   * Public, with keys derived as far as only the owner can, and its checksum.
   *
   * @throws DescriptorException if a secret for that is missing
   */
  public String normalizedText() {
    return withChecksum(write(mapped(node, KeyExpression::normalized), false));
  }

  /**
   * Public, for one script of an index: each key with where it comes from, and the checksum.
   *
   * @param position of the script in {@link #expand}
   */
  public String textAt(int index, int position) {
    boolean xonly = node instanceof Node.Single single && single.form == Form.TR;
    Node fixed = mapped(node, key -> key.at(index, xonly));
    if (fixed instanceof Node.Single single && single.form == Form.COMBO) {
      fixed =
          switch (position) {
            case 0 -> new Node.Single(Form.PK, single.key);
            case 1 -> new Node.Single(Form.PKH, single.key);
            case 2 -> new Node.Single(Form.WPKH, single.key);
            default -> new Node.Wrapped(false, new Node.Single(Form.WPKH, single.key));
          };
    }
    return withChecksum(write(fixed, false));
  }

  /** {@link #textAt(int, int)} of the script; the first one's if none is that. */
  public String textOf(int index, byte[] script) {
    List<Expanded> all = expand(index);
    int position = 0;
    while (position < all.size() && !Arrays.equals(all.get(position).script(), script)) {
      position++;
    }
    return textAt(index, position == all.size() ? 0 : position);
  }

  /** The same with what all indexes share derived once. */
  public Descriptor shortened() {
    return new Descriptor(mapped(node, KeyExpression::shortened), format);
  }

  private static String withChecksum(String text) {
    return text + "#" + DescriptorChecksum.of(text);
  }

  private static Node mapped(Node node, UnaryOperator<KeyExpression> change) {
    return switch (node) {
      case Node.Single single -> new Node.Single(single.form, change.apply(single.key));
      case Node.Multi multi ->
          new Node.Multi(multi.threshold, multi.sorted, multi.keys.stream().map(change).toList());
      case Node.Wrapped wrapped -> new Node.Wrapped(wrapped.witness, mapped(wrapped.inner, change));
      case Node.Fixed fixed -> fixed;
    };
  }

  private String write(Node part, boolean secrets) {
    return switch (part) {
      case Node.Single single -> single.form.word() + "(" + single.key.text(format, secrets) + ")";
      case Node.Multi multi -> {
        String function = multi.sorted ? "sortedmulti(" : "multi(";
        StringJoiner text = new StringJoiner(",", function + multi.threshold + ",", ")");
        multi.keys.forEach(key -> text.add(key.text(format, secrets)));
        yield text.toString();
      }
      case Node.Wrapped wrapped ->
          (wrapped.witness ? "wsh(" : "sh(") + write(wrapped.inner, secrets) + ")";
      case Node.Fixed fixed -> fixed.function + "(" + fixed.text + ")";
    };
  }

  /**
   * The scripts at an index: one, or up to four of {@code combo}.
   *
   * @param index from 0; ignored unless it is a range
   * @throws DescriptorException if a secret that is needed is missing
   */
  public List<Expanded> expand(int index) {
    return switch (node) {
      case Node.Single single -> single(single, single.key.derive(index));
      case Node.Fixed fixed -> List.of(new Expanded(fixed.script, null, null, List.of(), null));
      case Node.Multi _, Node.Wrapped _ -> List.of(wrap(node, index));
    };
  }

  private List<Expanded> single(Node.Single single, DerivedKey key) {
    return switch (single.form) {
      case PK -> List.of(plain(ScriptForms.key(key.publicKey()), key));
      case PKH -> List.of(plain(ScriptForms.keyHash(key.publicKey()), key));
      case WPKH -> List.of(plain(ScriptForms.witnessKeyHash(key.publicKey()), key));
      case COMBO -> combo(single.key, key);
      case TR ->
          List.of(
              new Expanded(
                  ScriptForms.taproot(key.publicKey()), null, null, List.of(key), key.publicKey()));
      case RAWTR ->
          List.of(plain(ScriptForms.witness(1, Arrays.copyOfRange(key.publicKey(), 1, 33)), key));
    };
  }

  private static Expanded plain(byte[] script, DerivedKey key) {
    return new Expanded(script, null, null, List.of(key), null);
  }

  private List<Expanded> combo(KeyExpression expression, DerivedKey key) {
    List<Expanded> all = new ArrayList<>();
    all.add(plain(ScriptForms.key(key.publicKey()), key));
    all.add(plain(ScriptForms.keyHash(key.publicKey()), key));
    if (expression.isCompressed() && format.bech32() != null) {
      byte[] program = ScriptForms.witnessKeyHash(key.publicKey());
      all.add(plain(program, key));
      all.add(new Expanded(ScriptForms.scriptHash(program), program, null, List.of(key), null));
    }
    return all;
  }

  private Expanded wrap(Node part, int index) {
    return switch (part) {
      case Node.Multi multi -> {
        List<DerivedKey> keys = multi.keys.stream().map(key -> key.derive(index)).toList();
        List<byte[]> bytes = new ArrayList<>(keys.stream().map(DerivedKey::publicKey).toList());
        if (multi.sorted) {
          bytes.sort(Arrays::compareUnsigned);
        }
        yield new Expanded(ScriptForms.multisig(multi.threshold, bytes), null, null, keys, null);
      }
      case Node.Wrapped wrapped -> {
        Expanded inner = wrap(wrapped.inner, index);
        byte @Nullable [] script = inner.script();
        yield wrapped.witness
            ? new Expanded(
                ScriptForms.witnessScriptHash(inner.script()), null, script, inner.keys(), null)
            : new Expanded(
                ScriptForms.scriptHash(inner.script()),
                script,
                inner.witnessScript(),
                inner.keys(),
                null);
      }
      case Node.Single single -> single(single, single.key.derive(index)).getFirst();
      case Node.Fixed fixed -> new Expanded(fixed.script, null, null, List.of(), null);
    };
  }

  /** Public. */
  @Override
  public String toString() {
    return text();
  }
}
