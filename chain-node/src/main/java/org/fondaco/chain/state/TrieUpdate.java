package org.fondaco.chain.state;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.store.Batch;
import org.fondaco.chain.trie.NodeStore;
import org.fondaco.chain.trie.Trie;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * A state in the making: follows a {@link WorldState} as often as its root is asked for, and writes
 * its nodes once it is to stay. One thread.
 */
public final class TrieUpdate {
  private final StateDatabase database;
  private final Trie accounts;
  private final Map<Address, Trie> storages = new HashMap<>();
  private final Map<Hash, Code> codes = new HashMap<>();

  TrieUpdate(StateDatabase database, Hash root) {
    this.database = database;
    accounts = Trie.secure(database.nodes(), root);
  }

  /**
   * The root of what the world state holds now. It lies over the state that this update began with
   * and is the same one at every call.
   */
  public Hash root(WorldState state) {
    state.show(
        new StateChanges() {
          @Override
          public void absent(Address address) {
            remove(address);
          }

          @Override
          public void present(
              Address address,
              StoredAccount account,
              boolean storageCleared,
              Map<U256, U256> slots) {
            put(address, account, storageCleared, slots);
          }
        });
    return accounts.root();
  }

  /** Puts every new node and code into the batch of the block. */
  public void save(Batch batch) {
    NodeStore target = StateDatabase.into(batch);
    storages.values().forEach(storage -> storage.commit(target));
    accounts.commit(target);
    codes.values().forEach(code -> StateDatabase.putCode(batch, code));
  }

  private void remove(Address address) {
    accounts.remove(address.toBytes());
    storages.remove(address);
  }

  private void put(
      Address address, StoredAccount account, boolean storageCleared, Map<U256, U256> slots) {
    byte[] before = accounts.get(address.toBytes());
    @Nullable AccountLeaf leaf = before == null ? null : AccountLeaf.decode(before);
    Hash storageRoot = leaf == null ? Trie.EMPTY_ROOT : leaf.storageRoot();
    if (storageCleared) {
      // A clearing does not say which slots it took, so the little there is now is put anew.
      storages.put(address, Trie.secure(database.nodes(), Trie.EMPTY_ROOT));
      storageRoot = Trie.EMPTY_ROOT;
    }
    if (!slots.isEmpty()) {
      storageRoot = putSlots(address, storageRoot, slots);
    }
    Hash codeHash = account.code().hash();
    if (!account.code().isEmpty() && (leaf == null || !leaf.codeHash().equals(codeHash))) {
      codes.put(codeHash, account.code());
    }
    byte[] after =
        new AccountLeaf(account.nonce(), account.balance(), storageRoot, codeHash).encode();
    if (!Arrays.equals(before, after)) {
      accounts.put(address.toBytes(), after);
    }
  }

  private Hash putSlots(Address address, Hash root, Map<U256, U256> slots) {
    Trie storage = storages.computeIfAbsent(address, _ -> Trie.secure(database.nodes(), root));
    slots.forEach((slot, value) -> {
      byte[] key = slot.toBytes32();
      byte[] before = storage.get(key);
      if (value.isZero()) {
        if (before != null) {
          storage.remove(key);
        }
        return;
      }
      byte[] after = new RlpWriter().word(value).toBytes();
      if (!Arrays.equals(before, after)) {
        storage.put(key, after);
      }
    });
    return storage.root();
  }
}
