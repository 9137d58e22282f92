package org.fondaco.custody.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.fondaco.custody.address.AccountKey;
import org.fondaco.custody.address.Derivation;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.HdKey;
import org.fondaco.custody.key.KeyPath;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.key.Wipe;
import org.fondaco.custody.vault.VaultException.Reason;

/**
 * The file of the seed: in clear the network and the public keys of every account, encrypted the 32
 * bytes that the 24 words of BIP-39 stand for. The words have no passphrase of their own.
 */
public final class Vault {
  private static final String KIND = "fondaco-vault";
  private static final int VERSION = 1;
  private static final String NETWORK = "network ";
  private static final String ACCOUNT = "account ";

  private final Envelope envelope;
  private final Derivation derivation;

  private Vault(Envelope envelope, Derivation derivation) {
    this.envelope = envelope;
    this.derivation = derivation;
  }

  /**
   * The accounts of a seed that this machine may sign for.
   *
   * @param entropy stays the caller's to wipe
   */
  public static List<AccountKey> accounts(byte[] entropy, Network network, Set<Tier> tiers) {
    List<AccountKey> accounts = new ArrayList<>();
    byte[] seed = Mnemonic.seed(entropy, new byte[0]);
    try {
      for (ChainName chain : ChainName.values()) {
        for (Tier tier : Tier.values()) {
          if (tiers.contains(tier) && (tier != Tier.GAS || !chain.hasOutputs())) {
            accounts.add(account(seed, network, chain, tier, Derivation.account(chain, tier)));
          }
        }
      }
      return accounts;
    } finally {
      Wipe.bytes(seed);
    }
  }

  private static AccountKey account(
      byte[] seed, Network network, ChainName chain, Tier tier, KeyPath path) {
    try (HdKey key = HdKey.derive(seed, path)) {
      String extended = key.extendedPublicKey().encode(Derivation.prefix(network));
      return new AccountKey.Extended(chain, tier, path, false, extended);
    }
  }

  /**
   * Writes a new vault; one that is there is never overwritten.
   *
   * @param entropy 32 bytes, which stay the caller's to wipe
   * @throws java.nio.file.FileAlreadyExistsException if there is one
   */
  public static void create(
      Path file,
      Network network,
      List<AccountKey> accounts,
      byte[] entropy,
      Unlock unlock,
      Argon2 cost)
      throws IOException {
    PrivateFile.create(file, bytes(network, accounts, entropy, unlock, cost));
  }

  /** Writes the same seed anew, with another passphrase or other accounts. */
  public static void replace(
      Path file,
      Network network,
      List<AccountKey> accounts,
      byte[] entropy,
      Unlock unlock,
      Argon2 cost)
      throws IOException {
    PrivateFile.replace(file, bytes(network, accounts, entropy, unlock, cost));
  }

  private static byte[] bytes(
      Network network, List<AccountKey> accounts, byte[] entropy, Unlock unlock, Argon2 cost) {
    if (entropy.length != Mnemonic.ENTROPY_BYTES) {
      throw new IllegalArgumentException("a vault has 24 words");
    }
    new Derivation(network, accounts);
    List<String> lines = new ArrayList<>();
    lines.add(NETWORK + network);
    accounts.forEach(account -> lines.add(ACCOUNT + account.line()));
    return Envelope.seal(KIND, VERSION, lines, entropy, unlock, cost);
  }

  /**
   * Reads what is in clear.
   *
   * @throws VaultException if it is no vault, or not whole
   * @throws IOException if it cannot be read
   */
  public static Vault read(Path file) throws IOException {
    try {
      return of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new VaultException(
          Reason.FORMAT, "there is no vault " + file + "; fondaco custody init makes one", e);
    }
  }

  static Vault of(byte[] file) {
    Envelope envelope = Envelope.read(KIND, VERSION, file);
    try {
      List<String> lines = envelope.lines();
      Network network = Network.parse(after(NETWORK, lines.getFirst()));
      List<AccountKey> accounts =
          lines.stream().skip(1).map(line -> AccountKey.parse(after(ACCOUNT, line))).toList();
      return new Vault(envelope, new Derivation(network, accounts));
    } catch (IllegalArgumentException | NoSuchElementException e) {
      throw new VaultException(Reason.FORMAT, "the vault is not well formed: " + e.getMessage(), e);
    }
  }

  private static String after(String word, String line) {
    if (!line.startsWith(word)) {
      throw new IllegalArgumentException("a line does not begin with " + word);
    }
    return line.substring(word.length());
  }

  /** Addresses, without opening it. */
  public Derivation derivation() {
    return derivation;
  }

  /** The label of the module's key that opens it; empty where a passphrase does. */
  public String moduleKey() {
    return envelope.moduleKey();
  }

  /**
   * The 32 bytes behind the words, the caller's to wipe.
   *
   * @throws VaultException if this does not open it, or an account does not come from the seed
   */
  public byte[] open(Unlock unlock) {
    byte[] entropy = envelope.open(unlock);
    byte[] seed = Mnemonic.seed(entropy, new byte[0]);
    try {
      for (AccountKey account : derivation.accounts()) {
        if (account instanceof AccountKey.Extended extended
            && !extended.watched()
            && !extended.equals(
                account(
                    seed,
                    derivation.network(),
                    extended.chain(),
                    extended.tier(),
                    extended.path()))) {
          Wipe.bytes(entropy);
          throw new VaultException(
              Reason.DAMAGED,
              extended.chain() + " " + extended.tier() + " does not come from this vault's seed");
        }
      }
      return entropy;
    } finally {
      Wipe.bytes(seed);
    }
  }
}
