package org.fondaco.chain.replay;

import java.util.List;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** A machine with a state of its own. */
interface Machine extends AutoCloseable {
  Address COINBASE = Address.of(0xc01b);
  U256 RANDOM = U256.ofLimbs(1, 2, 3, 4);
  long NUMBER = 1_000;
  long TIME = 1_700_000_000;
  long GAS_LIMIT = 30_000_000;
  long BASE_FEE = 7;
  long GAS_PRICE = 9;
  long CHAIN_ID = 1_337;

  void put(Address address, long nonce, long balance, byte[] code);

  /** Ends the making of accounts. */
  void begin();

  /**
   * Runs a message as a transaction would.
   *
   * @param to null to create
   */
  Run run(Address from, @Nullable Address to, long value, byte[] input, long gas);

  @Override
  void close();

  /**
   * What became of a message, in text that shows what differs.
   *
   * @param reverted by the program's own wish
   */
  record Run(
      boolean success,
      boolean reverted,
      String output,
      long gasLeft,
      long refund,
      List<String> logs,
      String root) {}
}
