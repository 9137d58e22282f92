package org.fondaco.chain.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.fondaco.chain.account.AccountException;
import org.fondaco.chain.account.Accounts;
import org.fondaco.chain.keystore.Keystore;
import org.fondaco.chain.word.Address;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a chain for development begins with: an account without password that owns a billion ether,
 * unlocked. Its ether is worth nothing, and nobody but this machine reaches the node.
 */
public final class DevChain implements AutoCloseable {
  /** A billion ether, in wei. */
  private static final String FUNDS = "0x33b2e3c9fd0803ce8000000";

  private static final char[] NO_PASSWORD = {};

  private final Accounts accounts;
  private final Address developer;
  private final @Nullable JsonNode genesis;
  private final @Nullable Path temporary;

  private DevChain(
      Accounts accounts, Address developer, @Nullable JsonNode genesis, @Nullable Path temporary) {
    this.accounts = accounts;
    this.developer = developer;
    this.genesis = genesis;
    this.temporary = temporary;
  }

  /**
   * Makes or finds account and genesis.
   *
   * @param folder of the node; null for a chain in memory, whose keys go with it
   */
  public static DevChain prepare(@Nullable NodeFolder folder) throws IOException {
    Path keystore = folder == null ? Files.createTempDirectory("fondaco-dev-") : folder.keystore();
    Path temporary = folder == null ? keystore : null;
    Accounts accounts = Accounts.open(keystore, Keystore.Derivation.SCRYPT_LIGHT);
    List<Address> known = accounts.list();
    Address developer = known.isEmpty() ? accounts.create(NO_PASSWORD) : known.getFirst();
    try {
      accounts.unlock(developer, NO_PASSWORD, null);
    } catch (AccountException e) {
      throw new IOException(
          "the first account of " + keystore + " has a password and is no developer's", e);
    }
    boolean begun = folder != null && Files.exists(folder.genesis());
    return new DevChain(accounts, developer, begun ? null : genesis(developer), temporary);
  }

  private static JsonNode genesis(Address developer) {
    ObjectNode genesis = GenesisFiles.instant();
    genesis.withObject("alloc").putObject(developer.toString()).put("balance", FUNDS);
    return genesis;
  }

  public Accounts accounts() {
    return accounts;
  }

  /** Who owns the ether. */
  public Address developer() {
    return developer;
  }

  /** The chain's beginning; null if the folder has it. */
  public @Nullable JsonNode genesis() {
    return genesis;
  }

  /** Deletes the keys of a chain in memory. */
  @Override
  public void close() {
    accounts.close();
    if (temporary == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(temporary)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
