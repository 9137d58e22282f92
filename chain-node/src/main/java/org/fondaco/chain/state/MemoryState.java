package org.fondaco.chain.state;

import java.util.HashMap;
import java.util.Map;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * A state in memory, for tests, conformance and chains that need no disk. Copies share what did not
 * change.
 */
public final class MemoryState implements StateSource, StateChanges {
  private final Map<Address, StoredAccount> accounts;
  private final Map<Address, Map<U256, U256>> storage;

  public MemoryState() {
    accounts = new HashMap<>();
    storage = new HashMap<>();
  }

  private MemoryState(MemoryState other) {
    accounts = new HashMap<>(other.accounts);
    storage = new HashMap<>(other.storage);
  }

  public MemoryState copy() {
    return new MemoryState(this);
  }

  @Override
  public @Nullable StoredAccount account(Address address) {
    return accounts.get(address);
  }

  @Override
  public U256 storage(Address address, U256 key) {
    return storageOf(address).getOrDefault(key, U256.ZERO);
  }

  @Override
  public boolean hasStorage(Address address) {
    return storage.containsKey(address);
  }

  /** The slots of an account that are not zero. */
  public Map<U256, U256> storageOf(Address address) {
    return storage.getOrDefault(address, Map.of());
  }

  /** Every account; a view. */
  public Map<Address, StoredAccount> accounts() {
    return java.util.Collections.unmodifiableMap(accounts);
  }

  public void put(Address address, StoredAccount account) {
    accounts.put(address, account);
  }

  /** Removes the account and its storage. */
  public void remove(Address address) {
    accounts.remove(address);
    storage.remove(address);
  }

  /** Replaces slots, or all of them first when {@code cleared}; a zero removes its slot. */
  public void putStorage(Address address, boolean cleared, Map<U256, U256> changes) {
    Map<U256, U256> slots = cleared ? new HashMap<>() : new HashMap<>(storageOf(address));
    changes.forEach((key, value) -> {
      if (value.isZero()) {
        slots.remove(key);
      } else {
        slots.put(key, value);
      }
    });
    if (slots.isEmpty()) {
      storage.remove(address);
    } else {
      storage.put(address, slots);
    }
  }

  @Override
  public void absent(Address address) {
    remove(address);
  }

  @Override
  public void present(
      Address address, StoredAccount account, boolean storageCleared, Map<U256, U256> slots) {
    put(address, account);
    if (storageCleared || !slots.isEmpty()) {
      putStorage(address, storageCleared, slots);
    }
  }

  /** The root of the secure Merkle Patricia trie over all accounts. */
  public Hash root() {
    return StateRoot.of(this);
  }
}
