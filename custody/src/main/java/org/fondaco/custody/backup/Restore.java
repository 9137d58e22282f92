package org.fondaco.custody.backup;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fondaco.custody.address.AccountKey;
import org.fondaco.custody.address.Derivation;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.CustodyFolder;
import org.fondaco.custody.vault.PrivateFile;
import org.fondaco.custody.vault.Unlock;
import org.fondaco.custody.vault.Vault;

/** Makes a folder again from a backup, or from the words alone. Nothing is overwritten. */
public final class Restore {
  /** Addresses watched in each tier when only the words are known. */
  public static final int WORDS_GAP = 10_000;

  /** Addresses watched beyond the last that a backup knows of. */
  public static final int BACKUP_GAP = 1_000;

  private Restore() {}

  /**
   * From a backup.
   *
   * @param gap addresses to watch beyond those of the backup
   * @param since where to scan from, by chain
   */
  public static RestoredKeys fromBackup(
      CustodyFolder folder,
      Backup backup,
      Unlock backupKey,
      Unlock vaultKey,
      Argon2 cost,
      int gap,
      Map<ChainName, Long> since)
      throws IOException {
    refuseToOverwrite(folder);
    try (Backup.Content content = backup.open(backupKey)) {
      Derivation derivation = backup.derivation();
      RestoredKeys restored = RestoredKeys.of(derivation, content.owners(), gap, since);
      restored.write(folder);
      PrivateFile.create(folder.guard(), content.guard());
      Guard.verify(folder.guard(), entry -> {});
      Vault.create(
          folder.vault(),
          derivation.network(),
          derivation.accounts(),
          content.entropy(),
          vaultKey,
          cost);
      return restored;
    }
  }

  /**
   * From the words alone: owners are not known, and the guard file begins anew.
   *
   * @param entropy of the words; stays the caller's to wipe
   * @param gap addresses to watch in each tier
   * @param since where to scan from, by chain
   */
  public static RestoredKeys fromWords(
      CustodyFolder folder,
      byte[] entropy,
      Network network,
      Set<Tier> tiers,
      Unlock vaultKey,
      Argon2 cost,
      int gap,
      Map<ChainName, Long> since)
      throws IOException {
    refuseToOverwrite(folder);
    List<AccountKey> accounts = Vault.accounts(entropy, network, tiers);
    RestoredKeys restored =
        RestoredKeys.of(new Derivation(network, accounts), OwnerMap.EMPTY, gap, since);
    restored.write(folder);
    Guard.create(folder.guard());
    Vault.create(folder.vault(), network, accounts, entropy, vaultKey, cost);
    return restored;
  }

  private static void refuseToOverwrite(CustodyFolder folder) throws IOException {
    for (Path file : List.of(folder.vault(), folder.guard())) {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(
            file.toString(), null, "custody is there already; move it away first");
      }
    }
  }
}
