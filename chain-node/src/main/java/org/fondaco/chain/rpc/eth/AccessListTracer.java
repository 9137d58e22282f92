package org.fondaco.chain.rpc.eth;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fondaco.chain.evm.Evm;
import org.fondaco.chain.evm.Tracer;
import org.fondaco.chain.precompile.Precompiles;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.transition.Call;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Collects the addresses and slots that a program touches, less the addresses that are warm anyway:
 * sender, recipient and precompiled contracts. Their slots count.
 */
final class AccessListTracer implements Tracer {
  private static final int BALANCE = 0x31;
  private static final int EXTCODESIZE = 0x3b;
  private static final int EXTCODECOPY = 0x3c;
  private static final int EXTCODEHASH = 0x3f;
  private static final int SLOAD = 0x54;
  private static final int SSTORE = 0x55;
  private static final int CALL = 0xf1;
  private static final int CALLCODE = 0xf2;
  private static final int DELEGATECALL = 0xf4;
  private static final int STATICCALL = 0xfa;
  private static final int SELFDESTRUCT = 0xff;

  private final Set<Address> warm = new HashSet<>();
  private final Map<Address, Set<Hash>> touched = new TreeMap<>();

  /**
   * @param first what the list already has
   */
  AccessListTracer(
      Simulator.Scene scene, CallArguments arguments, @Nullable List<Transaction.Access> first)
      throws RpcException {
    Call call = arguments.toCall(0);
    warm.add(call.sender());
    Address to = call.to();
    warm.add(
        to != null ? to : Evm.contractAddress(call.sender(), scene.state().nonce(call.sender())));
    warm.addAll(Precompiles.of(scene.rules().fork()).addresses());
    if (first != null) {
      for (Transaction.Access access : first) {
        touch(access.address());
        access.keys().forEach(key -> slots(access.address()).add(key));
      }
    }
  }

  private void touch(Address address) {
    if (!warm.contains(address)) {
      touched.computeIfAbsent(address, key -> new TreeSet<>());
    }
  }

  private Set<Hash> slots(Address address) {
    return touched.computeIfAbsent(address, key -> new TreeSet<>());
  }

  /** By address and slot. */
  List<Transaction.Access> list() {
    List<Transaction.Access> list = new ArrayList<>();
    touched.forEach(
        (address, keys) -> list.add(new Transaction.Access(address, List.copyOf(keys))));
    return list;
  }

  @Override
  public void step(Step step) {
    int size = step.stackSize();
    switch (step.operation()) {
      case SLOAD, SSTORE -> {
        if (size > 0) {
          slots(step.message().self()).add(step.stack(0).toHash());
        }
      }
      case BALANCE, EXTCODESIZE, EXTCODECOPY, EXTCODEHASH, SELFDESTRUCT -> {
        if (size > 0) {
          touch(step.stack(0).toAddress());
        }
      }
      case CALL, CALLCODE, DELEGATECALL, STATICCALL -> {
        if (size > 1) {
          touch(step.stack(1).toAddress());
        }
      }
      default -> {} // touches no account
    }
  }
}
