package org.fondaco.chain.state;

import java.util.IdentityHashMap;
import java.util.Map;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.trie.PatriciaRoot;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;

/** The world state's root: accounts and storage under the Keccak of their keys. */
final class StateRoot {
  private StateRoot() {}

  static Hash of(MemoryState state) {
    Map<byte[], byte[]> pairs = new IdentityHashMap<>();
    state
        .accounts()
        .forEach((address, account) ->
            pairs.put(
                Keccak.hash256(address.toBytes()),
                new AccountLeaf(
                        account.nonce(),
                        account.balance(),
                        storageRoot(state, address),
                        account.code().hash())
                    .encode()));
    return PatriciaRoot.of(pairs);
  }

  private static Hash storageRoot(MemoryState state, Address address) {
    Map<byte[], byte[]> pairs = new IdentityHashMap<>();
    for (Map.Entry<U256, U256> slot : state.storageOf(address).entrySet()) {
      pairs.put(
          Keccak.hash256(slot.getKey().toBytes32()),
          new RlpWriter().word(slot.getValue()).toBytes());
    }
    return PatriciaRoot.of(pairs);
  }
}
