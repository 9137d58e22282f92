package org.fondaco.chain.account;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.fondaco.chain.keystore.Keystore;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.jspecify.annotations.Nullable;

/** The keystore folder and what of it is unlocked. Safe for any thread. */
public interface Accounts extends AutoCloseable {
  /**
   * Accounts over a folder of version 3 key files, which need not exist yet.
   *
   * @param derivation of the files that will be written; any is read
   */
  static Accounts open(Path folder, Keystore.Derivation derivation) {
    return new KeystoreAccounts(folder, derivation);
  }

  /** Addresses in the order of their files' names, as geth lists them; reads the folder anew. */
  List<Address> list();

  /** The file that holds a key; null if there is none. */
  @Nullable Path file(Address address);

  /** A new key in a new file. Passwords here and below stay the caller's to wipe. */
  Address create(char[] password);

  /** Stores a private key of 32 bytes; a key that is there is refused. */
  Address importKey(byte[] privateKey, char[] password) throws AccountException;

  /** Writes the key's file anew. */
  void changePassword(Address address, char[] from, char[] to) throws AccountException;

  /** Makes a key usable; {@code null} or zero until {@link #lock} or the end of the process. */
  void unlock(Address address, char[] password, @Nullable Duration time) throws AccountException;

  void lock(Address address);

  boolean isUnlocked(Address address);

  /** Signs a transaction with an unlocked key. */
  Transaction sign(Transaction unsigned, Address address) throws AccountException;

  /** Signs with the password, without unlocking. */
  Transaction sign(Transaction unsigned, Address address, char[] password) throws AccountException;

  /** Signs a hash of 32 bytes: r, s and the recovery id 27 or 28, 65 bytes. */
  byte[] signHash(byte[] hash, Address address) throws AccountException;

  byte[] signHash(byte[] hash, Address address, char[] password) throws AccountException;

  /** Locks everything. */
  @Override
  void close();
}
