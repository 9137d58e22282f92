package org.fondaco.chain.mining;

import java.util.HashMap;
import java.util.Map;
import org.fondaco.chain.state.StateChanges;
import org.fondaco.chain.state.StateSource;
import org.fondaco.chain.state.StoredAccount;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** The state after a block that nobody has sealed. Never changes, so safe for any thread. */
public final class PendingState implements StateSource {
  private final StateSource parent;
  private final Map<Address, Changed> changes = new HashMap<>();

  /**
   * An account as the block left it.
   *
   * @param account null if there is none
   * @param cleared whether the parent's storage counts no more
   */
  private record Changed(@Nullable StoredAccount account, boolean cleared, Map<U256, U256> slots) {}

  public PendingState(StateSource parent, WorldState after) {
    this.parent = parent;
    after.show(
        new StateChanges() {
          @Override
          public void absent(Address address) {
            changes.put(address, new Changed(null, true, Map.of()));
          }

          @Override
          public void present(
              Address address, StoredAccount account, boolean cleared, Map<U256, U256> slots) {
            changes.put(address, new Changed(account, cleared, Map.copyOf(slots)));
          }
        });
  }

  @Override
  public @Nullable StoredAccount account(Address address) {
    Changed changed = changes.get(address);
    return changed == null ? parent.account(address) : changed.account();
  }

  @Override
  public U256 storage(Address address, U256 key) {
    Changed changed = changes.get(address);
    if (changed == null) {
      return parent.storage(address, key);
    }
    U256 value = changed.slots().get(key);
    if (value != null) {
      return value;
    }
    return changed.cleared() ? U256.ZERO : parent.storage(address, key);
  }

  @Override
  public boolean hasStorage(Address address) {
    Changed changed = changes.get(address);
    if (changed == null) {
      return parent.hasStorage(address);
    }
    // A slot that the block emptied may have been the last; who asks creates a contract over an
    // address that has storage but neither nonce nor code (EIP-7610), which no block can make.
    return changed.slots().values().stream().anyMatch(value -> !value.isZero())
        || !changed.cleared() && parent.hasStorage(address);
  }
}
