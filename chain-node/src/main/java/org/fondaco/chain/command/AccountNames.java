package org.fondaco.chain.command;

import java.util.List;
import org.fondaco.chain.account.Accounts;
import org.fondaco.chain.word.Address;

/** Accounts as a command line names them: by address, or by number in the list. */
final class AccountNames {
  private AccountNames() {}

  /**
   * The account that is meant.
   *
   * @throws CommandFailed if it is neither an address nor a number in the list
   */
  static Address resolve(Accounts accounts, String name) {
    try {
      return Address.parse(name);
    } catch (IllegalArgumentException e) {
      List<Address> list = accounts.list();
      if (name.matches("[0-9]{1,6}") && Integer.parseInt(name) < list.size()) {
        return list.get(Integer.parseInt(name));
      }
      throw new CommandFailed("no account " + name + ": give an address or a number in the list");
    }
  }
}
