package org.fondaco.chain.execution;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;

/** The one change of state that no transaction made: EIP-779. */
public final class DaoFork {
  /** What the headers of the fork's first ten blocks carry as extra data. */
  public static final String MARK = "dao-hard-fork";

  private static final Address REFUND = Address.parse("0xbf4ed7b27f1d666546e30d74d50d173d20bca754");

  private DaoFork() {}

  /** Moves the balances of The DAO and its children to the contract that pays them back. */
  static void moveBalances(WorldState state) {
    for (Address account : accounts()) {
      U256 balance = state.balance(account);
      state.subtractBalance(account, balance);
      state.addBalance(REFUND, balance);
    }
  }

  static List<Address> accounts() {
    try (InputStream input = DaoFork.class.getResourceAsStream("dao-accounts.txt")) {
      if (input == null) {
        throw new IllegalStateException("dao-accounts.txt is missing");
      }
      return new String(input.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Address::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
