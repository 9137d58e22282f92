package org.fondaco.custody.backup;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fondaco.custody.address.AccountKey;
import org.fondaco.custody.address.Derivation;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.guard.GuardException;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Wipe;
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.CustodyFolder;
import org.fondaco.custody.vault.Envelope;
import org.fondaco.custody.vault.PrivateFile;
import org.fondaco.custody.vault.Unlock;
import org.fondaco.custody.vault.Vault;

/**
 * One encrypted file with all that custody cannot find again on a chain: the seed, how far each
 * tier has come, which address is whose, and what was signed.
 */
public final class Backup {
  private static final String KIND = "fondaco-backup";
  private static final int VERSION = 1;
  private static final String MADE = "made ";
  private static final String NETWORK = "network ";
  private static final String ACCOUNT = "account ";
  private static final int READS_MAX = 5;

  private final Envelope envelope;
  private final Derivation derivation;
  private final String made;

  private Backup(Envelope envelope, Derivation derivation, String made) {
    this.envelope = envelope;
    this.derivation = derivation;
    this.made = made;
  }

  /** What is encrypted; closing it wipes the seed. */
  public record Content(byte[] entropy, OwnerMap owners, byte[] guard) implements AutoCloseable {
    @Override
    public void close() {
      Wipe.bytes(entropy);
    }

    /** Nothing of the seed. */
    @Override
    public String toString() {
      return "backup of " + owners.owners().size() + " addresses with an owner";
    }
  }

  /**
   * Writes a backup of a folder that may be in use; what opens the vault and the backup stays the
   * caller's to wipe.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the file is there
   */
  public static void write(
      Path file,
      CustodyFolder folder,
      OwnerMap owners,
      Unlock vaultKey,
      Unlock backupKey,
      Argon2 cost,
      Instant now)
      throws IOException {
    Vault vault = Vault.read(folder.vault());
    List<String> lines = new ArrayList<>();
    lines.add(MADE + now);
    lines.add(NETWORK + vault.derivation().network());
    vault.derivation().accounts().forEach(account -> lines.add(ACCOUNT + account.line()));
    byte[] entropy = vault.open(vaultKey);
    byte[] rest = rest(owners, guard(folder));
    byte[] secret = Arrays.copyOf(entropy, entropy.length + rest.length);
    System.arraycopy(rest, 0, secret, entropy.length, rest.length);
    try {
      PrivateFile.create(file, Envelope.seal(KIND, VERSION, lines, secret, backupKey, cost));
    } finally {
      Wipe.bytes(entropy, secret);
    }
  }

  private static byte[] rest(OwnerMap owners, byte[] guard) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      owners.write(out);
      out.writeInt(guard.length);
      out.write(guard);
    }
    return bytes.toByteArray();
  }

  /** The guard file, read again if it was being written just then. */
  private static byte[] guard(CustodyFolder folder) throws IOException {
    Path copy = folder.path().resolve("guard.copy");
    for (int read = 1; ; read++) {
      try {
        PrivateFile.replace(copy, Files.readAllBytes(folder.guard()));
        Guard.verify(copy, entry -> {});
        return Files.readAllBytes(copy);
      } catch (GuardException e) {
        if (read == READS_MAX) {
          throw e;
        }
      } finally {
        Files.deleteIfExists(copy);
      }
    }
  }

  /**
   * Reads what is in clear.
   *
   * @throws org.fondaco.custody.vault.VaultException if it is no backup, or not whole
   */
  public static Backup read(Path file) throws IOException {
    Envelope envelope = Envelope.read(KIND, VERSION, Files.readAllBytes(file));
    if (envelope.lines().size() < 2) {
      throw new IllegalArgumentException("the backup is not well formed");
    }
    String made = after(MADE, envelope.lines().get(0));
    Network network = Network.parse(after(NETWORK, envelope.lines().get(1)));
    List<AccountKey> accounts =
        envelope.lines().stream()
            .skip(2)
            .map(line -> AccountKey.parse(after(ACCOUNT, line)))
            .toList();
    return new Backup(envelope, new Derivation(network, accounts), made);
  }

  private static String after(String word, String line) {
    if (!line.startsWith(word)) {
      throw new IllegalArgumentException("a line of the backup does not begin with " + word);
    }
    return line.substring(word.length());
  }

  /** When it was made, ISO 8601. */
  public String made() {
    return made;
  }

  /** The accounts that it is of. */
  public Derivation derivation() {
    return derivation;
  }

  /**
   * Decrypts it.
   *
   * @throws org.fondaco.custody.vault.VaultException if this does not open it
   */
  public Content open(Unlock unlock) throws IOException {
    byte[] secret = envelope.open(unlock);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(secret))) {
      byte[] entropy = in.readNBytes(Mnemonic.ENTROPY_BYTES);
      OwnerMap owners = OwnerMap.read(in);
      byte[] guard = in.readNBytes(in.readInt());
      return new Content(entropy, owners, guard);
    } finally {
      Wipe.bytes(secret);
    }
  }
}
