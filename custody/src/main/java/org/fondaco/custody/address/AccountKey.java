package org.fondaco.custody.address;

import java.util.HexFormat;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.KeyPath;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.key.Tier;

/** Where a tier's addresses on a chain come from; public, so that issuing one needs no secret. */
public sealed interface AccountKey {
  ChainName chain();

  Tier tier();

  /** One line: {@code BTC HOT m/84'/0'/1' xpub…}, or with {@code hsm:LABEL PURPOSE KEY}. */
  String line();

  /**
   * A BIP-32 account: as many addresses as are wanted.
   *
   * @param path of the account; its first step is the purpose, which decides the kind of address
   * @param watched whether its seed is elsewhere, so that this vault cannot sign for it
   * @param extended xpub or tpub
   */
  record Extended(ChainName chain, Tier tier, KeyPath path, boolean watched, String extended)
      implements AccountKey {
    @Override
    public String line() {
      return chain + " " + tier + " " + key(path) + " " + extended;
    }

    /** What the key at a path below the account is called. */
    KeyRef key(KeyPath below) {
      return watched ? new KeyRef.Watched(below) : new KeyRef.Derived(below);
    }
  }

  /**
   * One key of a hardware module: one address.
   *
   * @param purpose 44, 49, 84 or 86, which decides the kind of address
   * @param publicKey 33 bytes in hexadecimal
   */
  record Single(ChainName chain, Tier tier, KeyRef.Hsm key, int purpose, String publicKey)
      implements AccountKey {
    @Override
    public String line() {
      return chain + " " + tier + " " + key + " " + purpose + " " + publicKey;
    }

    Address address(Network network) {
      return Addresses.of(chain, network, purpose, HexFormat.of().parseHex(publicKey));
    }
  }

  /**
   * Reads what {@link #line} writes.
   *
   * @throws IllegalArgumentException if it is no such line
   */
  static AccountKey parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length < 4) {
      throw new IllegalArgumentException("no account: " + line);
    }
    ChainName chain = ChainName.valueOf(words[0]);
    Tier tier = Tier.valueOf(words[1]);
    return switch (KeyRef.parse(words[2])) {
      case KeyRef.Derived(KeyPath path) when words.length == 4 ->
          new Extended(chain, tier, path, false, words[3]);
      case KeyRef.Watched(KeyPath path) when words.length == 4 ->
          new Extended(chain, tier, path, true, words[3]);
      case KeyRef.Hsm hsm when words.length == 5 ->
          new Single(chain, tier, hsm, Integer.parseInt(words[3]), words[4]);
      case KeyRef other -> throw new IllegalArgumentException("no account: " + line);
    };
  }
}
