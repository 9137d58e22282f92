package org.fondaco.chain.evm;

import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** Storage that stays, storage that ends with the transaction, and accounts that end. */
final class StorageGroup {
  private final Rules rules;
  private final WorldState state;
  private final @Nullable Tracer tracer;

  StorageGroup(Rules rules, WorldState state, @Nullable Tracer tracer) {
    this.rules = rules;
    this.state = state;
    this.tracer = tracer;
  }

  void run(int operation, Frame f) {
    U256 key = f.word(f.sp - 4);
    switch (operation) {
      case 0x54 -> {
        if (rules.atLeast(Fork.BERLIN) && state.warm(f.self, key)) {
          f.charge(rules.coldSlot() - rules.storageLoad());
        }
        state.storage(f.self, key).copyTo(f.stack, f.sp - 4);
      }
      case 0x55 -> {
        write(f, key, f.word(f.sp - 8));
        f.sp -= 8;
      }
      case 0x5c -> state.transientStorage(f.self, key).copyTo(f.stack, f.sp - 4);
      default -> {
        if (f.readOnly) {
          throw Halt.READ_ONLY;
        }
        state.setTransientStorage(f.self, key, f.word(f.sp - 8));
        f.sp -= 8;
      }
    }
  }

  private void write(Frame f, U256 key, U256 value) {
    if (f.readOnly) {
      throw Halt.READ_ONLY;
    }
    if (rules.storageSentry() > 0 && f.gas <= rules.storageSentry()) { // EIP-2200
      throw Halt.OUT_OF_GAS;
    }
    if (rules.atLeast(Fork.BERLIN) && state.warm(f.self, key)) {
      f.charge(rules.coldSlot());
    }
    U256 current = state.storage(f.self, key);
    if (rules.netMetering()) {
      chargeNet(f, state.originalStorage(f.self, key), current, value);
    } else {
      f.charge(current.isZero() && !value.isZero() ? Rules.SSTORE_SET : Rules.SSTORE_RESET);
      if (!current.isZero() && value.isZero()) {
        state.addRefund(rules.clearRefund());
      }
    }
    state.setStorage(f.self, key, value);
  }

  /** EIP-1283, kept by EIP-2200 and EIP-3529 with other numbers. */
  private void chargeNet(Frame f, U256 original, U256 current, U256 value) {
    if (current.equals(value)) {
      f.charge(rules.storageNoop());
      return;
    }
    if (original.equals(current)) {
      f.charge(original.isZero() ? Rules.SSTORE_SET : rules.storageReset());
      if (!original.isZero() && value.isZero()) {
        state.addRefund(rules.clearRefund());
      }
      return;
    }
    f.charge(rules.storageNoop());
    if (!original.isZero()) {
      if (current.isZero()) {
        state.addRefund(-rules.clearRefund());
      } else if (value.isZero()) {
        state.addRefund(rules.clearRefund());
      }
    }
    if (original.equals(value)) {
      long paid = original.isZero() ? Rules.SSTORE_SET : rules.storageReset();
      state.addRefund(paid - rules.storageNoop());
    }
  }

  void selfDestruct(Frame f) {
    if (f.readOnly) {
      throw Halt.READ_ONLY;
    }
    Address heir = f.address(f.sp - 4);
    f.sp -= 4;
    if (rules.atLeast(Fork.BERLIN) && state.warm(heir)) {
      f.charge(rules.coldAccount());
    }
    U256 balance = state.balance(f.self);
    boolean paysForHeir =
        rules.atLeast(Fork.SPURIOUS_DRAGON) // EIP-161
            ? state.isEmpty(heir) && !balance.isZero()
            : rules.atLeast(Fork.TANGERINE_WHISTLE) && !state.exists(heir); // EIP-150
    if (paysForHeir) {
      f.charge(Rules.NEW_ACCOUNT);
    }
    if (tracer != null) {
      tracer.selfDestruct(f.self, heir, balance, f.depth);
    }
    if (!rules.atLeast(Fork.CANCUN) || state.isCreatedInTransaction(f.self)) {
      state.addBalance(heir, balance);
      if (state.destroy(f.self)) {
        state.addRefund(rules.selfDestructRefund());
      }
    } else { // EIP-6780: only the balance goes
      state.subtractBalance(f.self, balance);
      state.addBalance(heir, balance);
    }
  }
}
