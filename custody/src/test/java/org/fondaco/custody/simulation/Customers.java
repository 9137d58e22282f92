package org.fondaco.custody.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.fondaco.custody.address.Address;
import org.fondaco.custody.address.Derivation;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.vault.Vault;
import org.fondaco.custody.withdrawal.Withdrawal;
import org.fondaco.custody.withdrawal.WithdrawalException;
import org.fondaco.custody.withdrawal.WithdrawalException.Reason;
import org.fondaco.custody.withdrawal.WithdrawalRequest;
import org.fondaco.custody.withdrawal.WithdrawalTerms.Terms;

/** What customers ask for; who gets no answer asks again. */
final class Customers {
  private static final Derivation STRANGERS =
      new Derivation(
          Network.REGTEST,
          Vault.accounts(new byte[32], Network.REGTEST, EnumSet.of(Tier.CUSTOMER)));

  private final Venue venue;

  /** Requests that were taken. */
  final List<Asked> asked = new ArrayList<>();

  private int orders;

  /**
   * A request that was taken.
   *
   * @param place script or 20 bytes in hexadecimal, of nobody else
   */
  record Asked(
      long id, long account, String orderId, Asset asset, long units, String text, String place) {}

  Customers(Venue venue) {
    this.venue = venue;
  }

  private static <T> T one(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  /** A place outside, another for each number. */
  private static Address outside(ChainName chain, int number) {
    return STRANGERS.derive(chain, Tier.CUSTOMER, number).address();
  }

  String request(Random random) {
    Asset asset = one(venue.assets(), random);
    long account = one(Venue.CUSTOMERS, random);
    long free = venue.ledger.free(account, asset.id());
    Terms terms = Venue.terms(asset);
    long step = asset.decimals() < asset.scale() ? 100 : 1;
    long units =
        switch (random.nextInt(6)) {
          case 0 -> free - terms.fee();
          case 1 -> free - terms.fee() + step;
          default -> (long) (free * (0.02 + random.nextDouble() / 3)) / step * step;
        };
    if (units < terms.minimum()) {
      return "nothing to withdraw of " + asset.code();
    }
    int number = ++orders;
    Address out = outside(asset.chain(), number);
    return take(
        account,
        "order-" + number,
        asset,
        units,
        out.text(),
        HexFormat.of().formatHex(out.target()));
  }

  private String take(
      long account, String orderId, Asset asset, long units, String text, String place) {
    for (int tries = 0; tries < 20; tries++) {
      String[] said = {""};
      boolean alive =
          venue.survive(() -> said[0] = ask(account, orderId, asset, units, text, place));
      if (alive) {
        return said[0];
      }
    }
    throw new AssertionError("a request gets no answer in 20 tries");
  }

  private String ask(
      long account, String orderId, Asset asset, long units, String text, String place) {
    try {
      Withdrawal taken =
          venue
              .custody
              .withdrawals()
              .request(
                  new WithdrawalRequest(
                      account,
                      orderId,
                      asset.id(),
                      text,
                      BigDecimal.valueOf(units, asset.scale())));
      asked.add(new Asked(taken.id(), account, orderId, asset, units, text, place));
      return "withdrawal %d of %d %s".formatted(taken.id(), units, asset.code());
    } catch (WithdrawalException e) {
      assertThat(e.reason()).isIn(Reason.HALTED, Reason.NODE_UNAVAILABLE);
      return "refused: " + e.getMessage();
    }
  }

  /** To another customer's address: nothing leaves. */
  String inside(Random random) {
    Asset asset = one(venue.assets(), random);
    List<Venue.Place> theirs =
        venue.places().stream()
            .filter(p -> p.family() == asset.chain() && p.account() != null)
            .toList();
    Venue.Place to = one(theirs, random);
    long account = one(Venue.CUSTOMERS, random);
    long units = venue.ledger.free(account, asset.id()) / 300 * 100;
    if (units < Venue.terms(asset).minimum()) {
      return "nothing to give away of " + asset.code();
    }
    if (to.account() != null && to.account() == account) {
      refused(Reason.SELF_DEPOSIT, account, asset, units, to.address());
      return "a deposit to himself is refused";
    }
    return take(account, "order-" + ++orders, asset, units, to.address(), to.script())
        + " to "
        + to.account();
  }

  /** What must be refused for the reason given, whatever state the venue is in. */
  String nonsense(Random random) {
    Asset asset = one(venue.assets(), random);
    long account = one(Venue.CUSTOMERS, random);
    String out = outside(asset.chain(), 999_999).text();
    Terms terms = Venue.terms(asset);
    switch (random.nextInt(6)) {
      case 0 -> refused(Reason.NOT_POSITIVE, account, asset, 0, out);
      case 1 -> refused(Reason.NOT_POSITIVE, account, asset, -terms.minimum(), out);
      case 2 -> refused(Reason.BELOW_MINIMUM, account, asset, terms.minimum() - 100, out);
      case 3 -> refused(Reason.MALFORMED_ADDRESS, account, asset, terms.minimum(), out + "x");
      case 4 -> {
        ChainName other = asset.chain() == ChainName.ETH ? venue.coin.chain() : ChainName.ETH;
        String text = outside(other, 999_999).text();
        refused(Reason.WRONG_CHAIN, account, asset, terms.minimum(), text);
      }
      default ->
          refused(
              Reason.HOUSE_ADDRESS,
              account,
              asset,
              terms.minimum(),
              venue.hot(asset.chain()).address());
    }
    return "nonsense is refused";
  }

  private void refused(Reason reason, long account, Asset asset, long units, String text) {
    venue.survive(() -> {
      try {
        venue
            .custody
            .withdrawals()
            .request(
                new WithdrawalRequest(
                    account,
                    "refused-" + orders,
                    asset.id(),
                    text,
                    BigDecimal.valueOf(units, asset.scale())));
        throw new AssertionError(text + " " + units + " " + asset + " was taken, not " + reason);
      } catch (WithdrawalException e) {
        assertThat(e.reason()).isIn(reason, Reason.HALTED, Reason.NODE_UNAVAILABLE);
      }
    });
  }

  /** The same again is the same withdrawal; another amount under the same id is none. */
  String again(Random random) {
    if (asked.isEmpty()) {
      return "nothing was asked for";
    }
    Asked before = one(asked, random);
    venue.survive(() -> {
      long id =
          venue
              .custody
              .withdrawals()
              .request(
                  new WithdrawalRequest(
                      before.account(),
                      before.orderId(),
                      before.asset().id(),
                      before.text(),
                      BigDecimal.valueOf(before.units(), before.asset().scale())))
              .id();
      assertThat(id).as("the same request again").isEqualTo(before.id());
    });
    venue.survive(() -> {
      try {
        venue
            .custody
            .withdrawals()
            .request(
                new WithdrawalRequest(
                    before.account(),
                    before.orderId(),
                    before.asset().id(),
                    before.text(),
                    BigDecimal.valueOf(before.units() + 100, before.asset().scale())));
        throw new AssertionError("another amount under the id of withdrawal " + before.id());
      } catch (WithdrawalException e) {
        assertThat(e.reason()).isEqualTo(Reason.ORDER_ID_USED);
      }
    });
    return "withdrawal " + before.id() + " asked for again";
  }

  String cancel(Random random) {
    if (asked.isEmpty()) {
      return "nothing to cancel";
    }
    Asked one = one(asked.subList(Math.max(0, asked.size() - 4), asked.size()), random);
    String[] said = {"died cancelling " + one.id()};
    venue.survive(() -> {
      try {
        said[0] =
            "cancel "
                + one.id()
                + ": "
                + venue.custody.withdrawals().cancel(one.account(), one.id()).state();
      } catch (WithdrawalException e) {
        assertThat(e.reason()).isEqualTo(Reason.WRONG_STATE);
        said[0] = "too late to cancel " + one.id();
      }
    });
    return said[0];
  }

  /** An operator wants a payout back, and to release some of what it pays. */
  String operatorCancels(Random random) {
    ChainName chain = random.nextBoolean() ? venue.coin.chain() : ChainName.ETH;
    List<Long> open =
        venue
            .sql
            .resultQuery(
                "select group_id from custody_groups where chain = ? and state in ('INTENT', 'SENDING') order by 1",
                chain.name())
            .fetch(0, Long.class);
    if (open.isEmpty()) {
      return "no payout of " + chain + " to cancel";
    }
    long group = one(open, random);
    TreeSet<Long> release = new TreeSet<>();
    asked.stream().filter(a -> random.nextBoolean()).forEach(a -> release.add(a.id()));
    venue.survive(
        () -> venue.custody.payouts(chain).orElseThrow().cancel(group, release, "operator"));
    return "operator cancels payout " + group + " of " + chain;
  }

  String move(Random random) {
    long account = one(Venue.CUSTOMERS, random);
    ChainName family = random.nextBoolean() ? venue.coin.chain() : ChainName.ETH;
    venue.survive(() -> venue.custody.addresses().replace(account, family));
    return account + " has a new address of " + family;
  }
}
