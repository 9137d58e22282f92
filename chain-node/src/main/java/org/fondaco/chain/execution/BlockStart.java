package org.fondaco.chain.execution;

import java.util.List;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.evm.Evm;
import org.fondaco.chain.evm.Message;
import org.fondaco.chain.evm.TransactionContext;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;

/** What happens in a block before its first transaction. */
public final class BlockStart {
  /** EIP-4788. */
  private static final Address BEACON_ROOTS =
      Address.parse("0x000f3df6d732807ef1319fb7b8bb8522d0beac02");

  private static final Address SYSTEM = Address.parse("0xfffffffffffffffffffffffffffffffffffffffe");
  private static final long SYSTEM_GAS = 30_000_000;

  private BlockStart() {}

  /** Moves the DAO's balances (EIP-779) and stores the beacon block's root (EIP-4788). */
  public static void run(
      ChainConfig config,
      BlockHeader header,
      Rules machine,
      BlockContext context,
      WorldState state) {
    if (config.isDaoFork(header.number())) {
      DaoFork.moveBalances(state);
      state.endTransaction(false);
    }
    Hash beaconRoot = header.parentBeaconRoot();
    if (beaconRoot != null && !state.code(BEACON_ROOTS).isEmpty()) {
      new Evm(machine, state, context, new TransactionContext(SYSTEM, U256.ZERO, List.of()))
          .run(
              new Message(
                  Message.Kind.CALL,
                  SYSTEM,
                  BEACON_ROOTS,
                  BEACON_ROOTS,
                  U256.ZERO,
                  beaconRoot.toBytes(),
                  SYSTEM_GAS,
                  false));
      state.endTransaction(true);
    }
  }
}
