package org.fondaco.chain.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * The state while a block runs: what transactions changed lies over a source that does not change.
 * Every change can be undone to a {@link #snapshot} of the same transaction. One thread.
 */
public final class WorldState {
  /**
   * The main network's history holds a touch of this address that outlived its revert (EIP-161,
   * block 2 675 119).
   */
  private static final Address RIPEMD160 = Address.of(3);

  private final StateSource source;
  private final Map<Address, LiveAccount> accounts = new HashMap<>();
  private final List<Runnable> undo = new ArrayList<>();

  private final Set<Address> touched = new LinkedHashSet<>();
  private final Set<Address> warmAddresses = new HashSet<>();
  private final Set<Slot> warmSlots = new HashSet<>();
  private final Map<Slot, U256> transientStorage = new HashMap<>();
  private final List<Log> logs = new ArrayList<>();
  private final List<LiveAccount.Slot> changedSlots = new ArrayList<>();
  private long refund;

  private record Slot(Address address, U256 key) {}

  public WorldState(StateSource source) {
    this.source = source;
  }

  private LiveAccount live(Address address) {
    LiveAccount account = accounts.get(address);
    if (account == null) {
      account = new LiveAccount(source.account(address));
      accounts.put(address, account);
    }
    return account;
  }

  // --- what the machine reads ---

  public boolean exists(Address address) {
    return live(address).exists;
  }

  /** EIP-161: no nonce, no balance, no code; also where there is no account. */
  public boolean isEmpty(Address address) {
    LiveAccount account = live(address);
    return !account.exists || account.isEmpty();
  }

  public U256 balance(Address address) {
    return live(address).balance;
  }

  /** Unsigned. */
  public long nonce(Address address) {
    return live(address).nonce;
  }

  public Code code(Address address) {
    return live(address).code;
  }

  /** Zero where there is no account. */
  public Hash codeHash(Address address) {
    LiveAccount account = live(address);
    return account.exists ? account.code.hash() : Hash.ZERO;
  }

  /** EIP-684 and, for storage, EIP-7610: a contract cannot be created where something is. */
  public boolean isOccupied(Address address) {
    LiveAccount account = live(address);
    return account.nonce != 0
        || !account.code.isEmpty()
        || !account.storageCleared && source.hasStorage(address);
  }

  public U256 storage(Address address, U256 key) {
    return slot(address, key).value;
  }

  /** The value from before this transaction. */
  public U256 originalStorage(Address address, U256 key) {
    return slot(address, key).original;
  }

  private LiveAccount.Slot slot(Address address, U256 key) {
    LiveAccount account = live(address);
    LiveAccount.Slot slot = account.slots.get(key);
    if (slot == null) {
      slot =
          new LiveAccount.Slot(account.storageCleared ? U256.ZERO : source.storage(address, key));
      account.slots.put(key, slot);
    }
    return slot;
  }

  // --- what the machine changes ---

  /**
   * Makes the account exist and marks it for the deletion of empty ones at the end of the
   * transaction.
   */
  public void touch(Address address) {
    LiveAccount account = live(address);
    if (!account.exists) {
      account.exists = true;
      undo.add(() -> account.exists = false);
    }
    if (touched.add(address) && !address.equals(RIPEMD160)) {
      undo.add(() -> touched.remove(address));
    }
  }

  public void addBalance(Address address, U256 amount) {
    touch(address);
    setBalance(address, balance(address).add(amount));
  }

  /** The caller has checked that the balance suffices. */
  public void subtractBalance(Address address, U256 amount) {
    touch(address);
    setBalance(address, balance(address).subtract(amount));
  }

  private void setBalance(Address address, U256 balance) {
    LiveAccount account = live(address);
    U256 before = account.balance;
    if (!before.equals(balance)) {
      account.balance = balance;
      undo.add(() -> account.balance = before);
    }
  }

  public void setNonce(Address address, long nonce) {
    touch(address);
    LiveAccount account = live(address);
    long before = account.nonce;
    account.nonce = nonce;
    undo.add(() -> account.nonce = before);
  }

  public void setCode(Address address, Code code) {
    touch(address);
    LiveAccount account = live(address);
    Code before = account.code;
    account.code = code;
    undo.add(() -> account.code = before);
  }

  public void setStorage(Address address, U256 key, U256 value) {
    LiveAccount.Slot slot = slot(address, key);
    U256 before = slot.value;
    if (!before.equals(value)) {
      slot.value = value;
      changedSlots.add(slot);
      undo.add(() -> slot.value = before);
    }
  }

  /** A new contract: keeps the balance that was sent there before, forgets storage left over. */
  public void create(Address address) {
    touch(address);
    LiveAccount account = live(address);
    boolean createdBefore = account.createdInTransaction;
    boolean clearedBefore = account.storageCleared;
    Map<U256, LiveAccount.Slot> slotsBefore = account.slots;
    account.createdInTransaction = true;
    account.storageCleared = true;
    account.slots = new HashMap<>();
    undo.add(() -> {
      account.createdInTransaction = createdBefore;
      account.storageCleared = clearedBefore;
      account.slots = slotsBefore;
    });
  }

  public boolean isCreatedInTransaction(Address address) {
    return live(address).createdInTransaction;
  }

  /**
   * Marks the account for removal at the end of the transaction and takes its balance; false if it
   * was marked.
   */
  public boolean destroy(Address address) {
    setBalance(address, U256.ZERO);
    LiveAccount account = live(address);
    if (account.destroyed) {
      return false;
    }
    touch(address);
    account.destroyed = true;
    undo.add(() -> account.destroyed = false);
    return true;
  }

  public boolean isDestroyed(Address address) {
    return live(address).destroyed;
  }

  /** EIP-2929: whether this is the first touch of the address in this transaction. */
  public boolean warm(Address address) {
    boolean cold = warmAddresses.add(address);
    if (cold) {
      undo.add(() -> warmAddresses.remove(address));
    }
    return cold;
  }

  /** EIP-2929: whether this is the first touch of the slot in this transaction. */
  public boolean warm(Address address, U256 key) {
    Slot slot = new Slot(address, key);
    boolean cold = warmSlots.add(slot);
    if (cold) {
      undo.add(() -> warmSlots.remove(slot));
    }
    return cold;
  }

  /** Makes an address warm before the transaction's first operation; not undone. */
  public void preWarm(Address address) {
    warmAddresses.add(address);
  }

  public void preWarm(Address address, U256 key) {
    warmSlots.add(new Slot(address, key));
  }

  /** EIP-1153. */
  public U256 transientStorage(Address address, U256 key) {
    return transientStorage.getOrDefault(new Slot(address, key), U256.ZERO);
  }

  public void setTransientStorage(Address address, U256 key, U256 value) {
    Slot slot = new Slot(address, key);
    @Nullable U256 before = transientStorage.put(slot, value);
    undo.add(() -> transientStorage.put(slot, before == null ? U256.ZERO : before));
  }

  public void addLog(Log log) {
    logs.add(log);
    undo.add(logs::removeLast);
  }

  /** The logs of this transaction so far; a copy. */
  public List<Log> logs() {
    return List.copyOf(logs);
  }

  /** Counts toward the refund; negative takes back. */
  public void addRefund(long gas) {
    refund += gas;
    undo.add(() -> refund -= gas);
  }

  public long refund() {
    return refund;
  }

  public int snapshot() {
    return undo.size();
  }

  public void revertTo(int snapshot) {
    while (undo.size() > snapshot) {
      undo.removeLast().run();
    }
  }

  // --- transactions and blocks ---

  /**
   * Ends a transaction: removes what destroyed itself and, from EIP-158 on, what was touched and is
   * empty; nothing can be undone afterwards.
   */
  public void endTransaction(boolean removeEmpty) {
    for (Address address : touched) {
      LiveAccount account = live(address);
      if (account.destroyed || removeEmpty && account.exists && account.isEmpty()) {
        account.remove();
      }
      account.createdInTransaction = false;
      account.destroyed = false;
    }
    for (LiveAccount.Slot slot : changedSlots) {
      slot.original = slot.value;
    }
    changedSlots.clear();
    undo.clear();
    touched.clear();
    warmAddresses.clear();
    warmSlots.clear();
    transientStorage.clear();
    logs.clear();
    refund = 0;
  }

  /** Shows every account that was read or changed; ends no transaction. */
  public void show(StateChanges changes) {
    accounts.forEach((address, account) -> {
      if (!account.exists) {
        changes.absent(address);
        return;
      }
      Map<U256, U256> slots = HashMap.newHashMap(account.slots.size());
      account.slots.forEach((key, slot) -> slots.put(key, slot.value));
      changes.present(
          address,
          new StoredAccount(account.nonce, account.balance, account.code),
          account.storageCleared,
          slots);
    });
  }

  /**
   * Writes what changed since the source into a state that equals the source; ends no transaction.
   */
  public void writeTo(MemoryState target) {
    show(target);
  }

  /** The Keccak of the logs' RLP, as the state tests publish it. */
  public static Hash hashOf(List<Log> logs) {
    var writer = new org.fondaco.chain.rlp.RlpWriter();
    int start = writer.beginList();
    logs.forEach(log -> log.encode(writer));
    return Keccak.hash(writer.endList(start).toBytes());
  }
}
