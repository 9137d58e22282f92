package org.fondaco.chain.state;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.fondaco.chain.rlp.Rlp;
import org.fondaco.chain.trie.Trie;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** One state of a {@link StateDatabase}, read only. Safe for any thread. */
public final class TrieState implements StateSource {
  private final StateDatabase database;
  private final Hash root;
  private final Trie accounts;
  private final Map<Address, Optional<AccountLeaf>> leaves = new ConcurrentHashMap<>();
  private final Map<Address, Trie> storages = new ConcurrentHashMap<>();

  TrieState(StateDatabase database, Hash root) {
    this.database = database;
    this.root = root;
    accounts = Trie.secure(database.nodes(), root);
  }

  public Hash root() {
    return root;
  }

  @Override
  public @Nullable StoredAccount account(Address address) {
    AccountLeaf leaf = leaf(address);
    return leaf == null
        ? null
        : new StoredAccount(leaf.nonce(), leaf.balance(), database.code(leaf.codeHash()));
  }

  /** What the trie holds of the account; null if there is none. */
  public @Nullable AccountLeaf leaf(Address address) {
    return leaves
        .computeIfAbsent(
            address,
            _ -> Optional.ofNullable(accounts.get(address.toBytes())).map(AccountLeaf::decode))
        .orElse(null);
  }

  @Override
  public U256 storage(Address address, U256 key) {
    AccountLeaf leaf = leaf(address);
    if (leaf == null || leaf.storageRoot().equals(Trie.EMPTY_ROOT)) {
      return U256.ZERO;
    }
    byte[] value =
        storages
            .computeIfAbsent(address, _ -> Trie.secure(database.nodes(), leaf.storageRoot()))
            .get(key.toBytes32());
    return value == null ? U256.ZERO : Rlp.decode(value).asWord();
  }

  @Override
  public boolean hasStorage(Address address) {
    AccountLeaf leaf = leaf(address);
    return leaf != null && !leaf.storageRoot().equals(Trie.EMPTY_ROOT);
  }
}
