package org.fondaco.chain.state;

import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** Where the state before a block comes from. */
public interface StateSource {
  /** The account, or null if there is none. */
  @Nullable StoredAccount account(Address address);

  /** The value of a slot; zero where nothing is stored. */
  U256 storage(Address address, U256 key);

  /** Whether the account has any slot that is not zero. */
  boolean hasStorage(Address address);
}
