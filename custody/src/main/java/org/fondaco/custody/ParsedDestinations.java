package org.fondaco.custody;

import org.fondaco.custody.address.Address;
import org.fondaco.custody.address.AddressException;
import org.fondaco.custody.address.Addresses;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.withdrawal.Destinations;
import org.fondaco.custody.withdrawal.WithdrawalException;

/** Customers' addresses, checked as the chain's own software checks them. */
record ParsedDestinations(Network network) implements Destinations {
  @Override
  public Destination parse(ChainName chain, String text) {
    try {
      Address address = Addresses.parse(chain, network, text);
      return new Destination(address.text(), address.target());
    } catch (AddressException e) {
      throw new WithdrawalException(
          e.reason() == AddressException.Reason.MALFORMED
              ? WithdrawalException.Reason.MALFORMED_ADDRESS
              : WithdrawalException.Reason.WRONG_CHAIN,
          String.valueOf(e.getMessage()));
    }
  }
}
