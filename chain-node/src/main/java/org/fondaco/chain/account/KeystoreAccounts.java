package org.fondaco.chain.account;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.fondaco.chain.crypto.Secp256k1;
import org.fondaco.chain.keystore.Keystore;
import org.fondaco.chain.keystore.Keystore.Derivation;
import org.fondaco.chain.keystore.KeystoreException;
import org.fondaco.chain.transaction.Signatures;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.jspecify.annotations.Nullable;

/** Accounts over a folder of key files. Keys leave memory when they are locked. */
final class KeystoreAccounts implements Accounts {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY_BYTES = 32;

  private final KeyFolder folder;
  private final Derivation derivation;

  /** One password at a time: each costs 256 MiB, and who guesses shall wait. */
  private final ReentrantLock deriving = new ReentrantLock();

  /** Guarded by this. */
  private final Map<Address, Unlocked> unlocked = new HashMap<>();

  /** A key in memory; {@code expires} says whether a time was set. */
  private record Unlocked(SecretKey key, boolean expires) {}

  /** 32 bytes that can be forgotten; has no {@code toString} that tells them. */
  private static final class SecretKey {
    private final byte[] bytes;

    SecretKey(byte[] bytes) {
      this.bytes = bytes;
    }

    void wipe() {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  KeystoreAccounts(Path folder, Derivation derivation) {
    this.folder = new KeyFolder(folder);
    this.derivation = derivation;
  }

  @Override
  public List<Address> list() {
    return folder.list().values().stream().distinct().toList();
  }

  @Override
  public @Nullable Path file(Address address) {
    List<Path> files = folder.files(address);
    return files.isEmpty() ? null : files.getFirst();
  }

  @Override
  public Address create(char[] password) {
    byte[] key = new byte[KEY_BYTES];
    try {
      while (true) {
        RANDOM.nextBytes(key);
        try {
          return store(key, password);
        } catch (IllegalArgumentException e) {
          continue; // one in 2^128 numbers is not below the curve's order
        }
      }
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public Address importKey(byte[] privateKey, char[] password) throws AccountException {
    Address address;
    try {
      address = Secp256k1.addressOf(privateKey);
    } catch (IllegalArgumentException e) {
      throw new AccountException("invalid private key");
    }
    if (!folder.files(address).isEmpty()) {
      throw new AccountException("account already exists");
    }
    return store(privateKey, password);
  }

  private Address store(byte[] key, char[] password) {
    Address address = Secp256k1.addressOf(key);
    folder.add(address, encrypted(key, password));
    return address;
  }

  private String encrypted(byte[] key, char[] password) {
    deriving.lock();
    try {
      return Keystore.encrypt(key, password, derivation);
    } finally {
      deriving.unlock();
    }
  }

  @Override
  public void changePassword(Address address, char[] from, char[] to) throws AccountException {
    Path file = onlyFile(address);
    byte[] key = decrypt(file, address, from);
    try {
      folder.replace(file, encrypted(key, to));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public void unlock(Address address, char[] password, @Nullable Duration time)
      throws AccountException {
    SecretKey key = new SecretKey(decrypt(onlyFile(address), address, password));
    boolean expires = time != null && !time.isZero();
    synchronized (this) {
      Unlocked before = unlocked.get(address);
      if (before != null && !before.expires) {
        key.wipe(); // unlocked for good; geth lets a time not take that back
        return;
      }
      if (before != null) {
        before.key.wipe();
      }
      unlocked.put(address, new Unlocked(key, expires));
    }
    if (time != null && !time.isZero()) {
      CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS)
          .execute(() -> expire(address, key));
    }
  }

  private synchronized void expire(Address address, SecretKey key) {
    Unlocked now = unlocked.get(address);
    if (now != null && now.key == key) {
      lock(address);
    }
  }

  @Override
  public synchronized void lock(Address address) {
    Unlocked removed = unlocked.remove(address);
    if (removed != null) {
      removed.key.wipe();
    }
  }

  @Override
  public synchronized boolean isUnlocked(Address address) {
    return unlocked.containsKey(address);
  }

  @Override
  public Transaction sign(Transaction unsigned, Address address) throws AccountException {
    byte[] key = unlockedKey(address);
    try {
      return unsigned.signedBy(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public Transaction sign(Transaction unsigned, Address address, char[] password)
      throws AccountException {
    byte[] key = decrypt(onlyFile(address), address, password);
    try {
      return unsigned.signedBy(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public byte[] signHash(byte[] hash, Address address) throws AccountException {
    byte[] key = unlockedKey(address);
    try {
      return signature(hash, key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public byte[] signHash(byte[] hash, Address address, char[] password) throws AccountException {
    byte[] key = decrypt(onlyFile(address), address, password);
    try {
      return signature(hash, key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static byte[] signature(byte[] hash, byte[] key) {
    Transaction.Signature signature = Signatures.sign(hash, key);
    byte[] bytes = new byte[65];
    signature.r().copyTo(bytes, 0);
    signature.s().copyTo(bytes, 32);
    bytes[64] = (byte) (27 + signature.parity());
    return bytes;
  }

  /** A copy, for the caller to wipe: the original may be locked meanwhile. */
  private byte[] unlockedKey(Address address) throws AccountException {
    synchronized (this) {
      Unlocked entry = unlocked.get(address);
      if (entry != null) {
        return entry.key.bytes.clone();
      }
    }
    throw new AccountException(
        folder.files(address).isEmpty()
            ? "unknown account"
            : "authentication needed: password or unlock");
  }

  private Path onlyFile(Address address) throws AccountException {
    List<Path> files = folder.files(address);
    if (files.isEmpty()) {
      throw new AccountException("no key for given address or file");
    }
    if (files.size() > 1) {
      throw new AccountException(
          "multiple keys match address ("
              + files.stream().map(Path::toString).collect(Collectors.joining(","))
              + ")");
    }
    return files.getFirst();
  }

  private byte[] decrypt(Path file, Address address, char[] password) throws AccountException {
    byte[] key;
    deriving.lock();
    try {
      key = Keystore.decrypt(folder.read(file), password);
    } catch (KeystoreException e) {
      throw new AccountException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new AccountException("cannot read the key file " + file + ": " + e.getMessage());
    } finally {
      deriving.unlock();
    }
    if (!holds(key, address)) {
      Arrays.fill(key, (byte) 0);
      throw new AccountException("key content mismatch: " + file + " holds another account's key");
    }
    return key;
  }

  /** The file's own claim is not believed: a forged one would make us sign for another account. */
  private static boolean holds(byte[] key, Address address) {
    try {
      return Secp256k1.addressOf(key).equals(address);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public synchronized void close() {
    unlocked.values().forEach(entry -> entry.key.wipe());
    unlocked.clear();
  }
}
