package org.fondaco.custody.address;

import fr.acinq.bitcoin.DeterministicWallet;
import fr.acinq.bitcoin.DeterministicWallet.ExtendedPublicKey;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kotlin.Pair;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.KeyPath;
import org.fondaco.custody.key.Tier;
import org.jspecify.annotations.Nullable;

/**
 * From a tier and an index to an address, by public keys only. Paths are BIP-44's: {@code
 * m/purpose'/coin'/tier'/0/index}, where the purpose is 84 on Bitcoin and Litecoin and 44
 * elsewhere, the coin is SLIP-44's of the real money on every network, and a tier is an account.
 */
public final class Derivation {
  private final Network network;
  private final Map<Slot, Source> sources = new LinkedHashMap<>();

  private record Slot(ChainName chain, Tier tier) {}

  /**
   * What an account's addresses are made from.
   *
   * @param receiving the account's chain 0; null where it is one key of a module
   */
  private record Source(AccountKey account, @Nullable ExtendedPublicKey receiving) {}

  /**
   * Of the accounts that a vault names.
   *
   * @throws IllegalArgumentException if one is not well formed, of the other kind of network, or
   *     there twice
   */
  public Derivation(Network network, Collection<AccountKey> accounts) {
    this.network = network;
    for (AccountKey account : accounts) {
      Slot slot = new Slot(account.chain(), account.tier());
      if (sources.put(slot, source(account)) != null) {
        throw new IllegalArgumentException(
            account.chain() + " " + account.tier() + " has two accounts");
      }
    }
  }

  private Source source(AccountKey account) {
    return switch (account) {
      case AccountKey.Extended extended -> new Source(account, receiving(extended));
      case AccountKey.Single single -> {
        single.address(network);
        yield new Source(account, null);
      }
    };
  }

  private ExtendedPublicKey receiving(AccountKey.Extended account) {
    purpose(account.path());
    Pair<Integer, ExtendedPublicKey> decoded;
    try {
      decoded =
          ExtendedPublicKey.decode(
              account.extended(), new fr.acinq.bitcoin.KeyPath(account.path().toString()));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "the extended public key of " + account.chain() + " " + account.tier() + " is none", e);
    }
    if (decoded.getFirst() != prefix(network)) {
      throw new IllegalArgumentException(
          "the extended public key of "
              + account.chain()
              + " "
              + account.tier()
              + " is not of the network "
              + network);
    }
    return decoded.getSecond().derivePublicKey(0);
  }

  /** xpub where money is real, tpub elsewhere. */
  public static int prefix(Network network) {
    return network == Network.MAIN ? DeterministicWallet.xpub : DeterministicWallet.tpub;
  }

  /** The path of a tier's account with the purpose that the chain has by default. */
  public static KeyPath account(ChainName chain, Tier tier) {
    return account(chain, tier, defaultPurpose(chain));
  }

  /**
   * The path of a tier's account.
   *
   * @param purpose 44, 49, 84 or 86; the last three on Bitcoin and Litecoin only
   */
  public static KeyPath account(ChainName chain, Tier tier, int purpose) {
    boolean witness = chain == ChainName.BTC || chain == ChainName.LTC;
    if (purpose != 44 && !(witness && List.of(49, 84, 86).contains(purpose))) {
      throw new IllegalArgumentException(chain + " has no addresses of purpose " + purpose + "'");
    }
    return KeyPath.MASTER.hardened(purpose).hardened(coin(chain)).hardened(tier.ordinal());
  }

  /** 84 on Bitcoin and Litecoin, 44 elsewhere. */
  public static int defaultPurpose(ChainName chain) {
    return switch (chain) {
      case BTC, LTC -> 84;
      case BCH, ETH -> 44;
    };
  }

  /** SLIP-44. */
  private static int coin(ChainName chain) {
    return switch (chain) {
      case BTC -> 0;
      case LTC -> 2;
      case ETH -> 60;
      case BCH -> 145;
    };
  }

  private static int purpose(KeyPath path) {
    if (path.steps().isEmpty() || path.steps().getFirst() >= 0) {
      throw new IllegalArgumentException("the path " + path + " does not begin with a purpose");
    }
    return path.steps().getFirst() & Integer.MAX_VALUE;
  }

  public Network network() {
    return network;
  }

  /** Every account, in the vault's order. */
  public List<AccountKey> accounts() {
    return sources.values().stream().map(Source::account).toList();
  }

  /** Whether a tier has addresses on a chain. */
  public boolean has(ChainName chain, Tier tier) {
    return sources.containsKey(new Slot(chain, tier));
  }

  /**
   * The address of an index.
   *
   * @param index 0 to 2^31 - 1; always 0 where the tier has one key of a module
   * @throws IllegalArgumentException if the tier has no such address
   */
  public DerivedAddress derive(ChainName chain, Tier tier, int index) {
    Source source = sources.get(new Slot(chain, tier));
    if (source == null) {
      throw new IllegalArgumentException("the vault has no account for " + chain + " " + tier);
    }
    if (index < 0) {
      throw new IllegalArgumentException("an index is 0 to 2^31 - 1");
    }
    return switch (source.account()) {
      case AccountKey.Extended extended ->
          derived(extended, Objects.requireNonNull(source.receiving()), index);
      case AccountKey.Single single -> {
        if (index != 0) {
          throw new IllegalArgumentException(
              chain + " " + tier + " has one address, that of " + single.key());
        }
        yield new DerivedAddress(
            single.address(network), tier, 0, single.key(), single.publicKey());
      }
    };
  }

  private DerivedAddress derived(
      AccountKey.Extended account, ExtendedPublicKey receiving, int index) {
    byte[] publicKey = receiving.derivePublicKey(index).publickeybytes.toByteArray();
    return new DerivedAddress(
        Addresses.of(account.chain(), network, purpose(account.path()), publicKey),
        account.tier(),
        index,
        account.key(account.path().child(0).child(index)),
        HexFormat.of().formatHex(publicKey));
  }
}
