package org.fondaco.chain.state;

import java.util.Map;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;

/** Is shown the accounts that a {@link WorldState} holds, changed or not, in no order. */
public interface StateChanges {
  /** There is no such account any more, or never was; nor is there storage. */
  void absent(Address address);

  /**
   * An account as it is now.
   *
   * @param storageCleared whether what the source stores counts no more
   * @param slots what was read or written, or since the clearing all there is; zero is no slot
   */
  void present(
      Address address, StoredAccount account, boolean storageCleared, Map<U256, U256> slots);
}
