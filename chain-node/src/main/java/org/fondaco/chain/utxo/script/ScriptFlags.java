package org.fondaco.chain.utxo.script;

import java.util.ArrayList;
import java.util.List;

/** A set of flags. */
public record ScriptFlags(long mask) {
  public static final ScriptFlags NONE = new ScriptFlags(0);

  /** Every rule that a block of Bitcoin's main chain has to keep today. */
  public static final ScriptFlags MANDATORY =
      of(
          ScriptFlag.P2SH,
          ScriptFlag.DERSIG,
          ScriptFlag.NULLDUMMY,
          ScriptFlag.CHECKLOCKTIMEVERIFY,
          ScriptFlag.CHECKSEQUENCEVERIFY,
          ScriptFlag.WITNESS,
          ScriptFlag.TAPROOT);

  /** Every flag that Bitcoin Core knows: what its pool asks of a transaction. */
  public static final ScriptFlags STANDARD =
      new ScriptFlags((ScriptFlag.DISCOURAGE_UPGRADABLE_PUBKEYTYPE.bit() << 1) - 1)
          .without(ScriptFlag.SIGPUSHONLY);

  public static ScriptFlags of(ScriptFlag... flags) {
    return NONE.with(flags);
  }

  /**
   * Reads names with commas between them; no name or {@code NONE} is no flag.
   *
   * @throws IllegalArgumentException on a name that is none
   */
  public static ScriptFlags parse(String names) {
    long mask = 0;
    for (String name : names.split(",", -1)) {
      if (!name.isEmpty() && !name.equals("NONE")) {
        mask |= ScriptFlag.valueOf(name).bit();
      }
    }
    return new ScriptFlags(mask);
  }

  public boolean has(ScriptFlag flag) {
    return (mask & flag.bit()) != 0;
  }

  public boolean hasAny(ScriptFlags others) {
    return (mask & others.mask) != 0;
  }

  public boolean hasAll(ScriptFlags others) {
    return (mask & others.mask) == others.mask;
  }

  public ScriptFlags with(ScriptFlag... flags) {
    long with = mask;
    for (ScriptFlag flag : flags) {
      with |= flag.bit();
    }
    return new ScriptFlags(with);
  }

  public ScriptFlags with(ScriptFlags others) {
    return new ScriptFlags(mask | others.mask);
  }

  public ScriptFlags without(ScriptFlag... flags) {
    return without(of(flags));
  }

  public ScriptFlags without(ScriptFlags others) {
    return new ScriptFlags(mask & ~others.mask);
  }

  /** In the order of {@link ScriptFlag}. */
  public List<ScriptFlag> list() {
    List<ScriptFlag> list = new ArrayList<>();
    for (ScriptFlag flag : ScriptFlag.values()) {
      if (has(flag)) {
        list.add(flag);
      }
    }
    return list;
  }

  @Override
  public String toString() {
    return String.join(",", list().stream().map(Enum::name).toList());
  }
}
