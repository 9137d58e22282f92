package org.fondaco.api.custody;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.fondaco.api.wallet.Capital;
import org.fondaco.api.wallet.CapitalRefused;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.NodeUnavailable;
import org.fondaco.custody.leader.LeadershipLost;
import org.fondaco.custody.policy.AddressBook;
import org.fondaco.custody.policy.Halts;
import org.fondaco.custody.withdrawal.Destinations;
import org.fondaco.custody.withdrawal.WithdrawalException;
import org.fondaco.custody.withdrawal.WithdrawalRequest;
import org.fondaco.custody.withdrawal.WithdrawalState;
import org.fondaco.custody.withdrawal.WithdrawalTerms.Terms;
import org.fondaco.custody.withdrawal.Withdrawals;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Custody's doors behind the one that customers have. Thread-safe. */
public final class CustodyCapital implements Capital {
  private static final Duration LEDGER_WAIT = Duration.ofSeconds(10);

  private final DSLContext database;
  private final Map<Integer, ServedAsset> assets = new TreeMap<>();
  private final CapitalRows rows;
  private final Withdrawals withdrawals;
  private final Destinations destinations;
  private final DepositAddresses depositAddresses;
  private final AddressBook book;

  /** Issues deposit addresses. */
  @FunctionalInterface
  public interface DepositAddresses {
    /** The customer's address of a family, made at the first request, committed. */
    String address(long account, ChainName family);
  }

  /**
   * @param database read outside custody's transactions, and for the address book
   */
  public CustodyCapital(
      DSLContext database,
      Collection<ServedAsset> served,
      Withdrawals withdrawals,
      Destinations destinations,
      DepositAddresses depositAddresses,
      AddressBook book) {
    this.database = database;
    served.forEach(each -> assets.put(each.asset().id(), each));
    this.rows = new CapitalRows(database, assets);
    this.withdrawals = withdrawals;
    this.destinations = destinations;
    this.depositAddresses = depositAddresses;
    this.book = book;
  }

  @Override
  public List<Network> networks() {
    Map<String, String> halted = rows.haltedChains();
    List<Network> networks = new ArrayList<>();
    for (ServedAsset served : assets.values()) {
      String chainHalt = halted.get(served.asset().chain().name());
      networks.add(network(served, chainHalt));
    }
    return networks;
  }

  private Network network(ServedAsset served, @Nullable String chainHalt) {
    Asset asset = served.asset();
    String halt = chainHalt;
    if (halt == null) {
      halt = Halts.reason(database, asset.id()).map(_ -> "stopped for now").orElse(null);
    }
    Terms terms = new Terms(0, 1);
    try {
      terms = withdrawals.quote(asset.id());
    } catch (NodeUnavailable | WithdrawalException e) {
      halt = halt == null ? "the network's fee is not known now" : halt;
    }
    String contract = asset.contract();
    return new Network(
        asset.id(),
        asset.code(),
        asset.scale(),
        asset.chain().name(),
        contract == null ? null : "0x" + contract,
        served.step(),
        terms.fee(),
        terms.minimum(),
        served.depositMinimum(),
        served.confirmations().applyAsInt(0),
        served.confirmationsMax(),
        chainHalt,
        halt);
  }

  @Override
  public String depositAddress(long account, Network network) {
    if (network.depositHalt() != null) {
      throw new CapitalRefused(
          CapitalRefused.Reason.HALTED, "Deposits are stopped: " + network.depositHalt() + ".");
    }
    return asked(() -> depositAddresses.address(account, ChainName.valueOf(network.network())));
  }

  @Override
  public List<OwnAddress> addresses(long account) {
    return rows.addresses(account);
  }

  @Override
  public List<Deposit> deposits(long account, DepositQuery query) {
    return rows.deposits(account, query);
  }

  @Override
  public Withdrawal withdraw(WithdrawalOrder order) {
    return asked(() -> {
      WithdrawalRequest request =
          new WithdrawalRequest(
              order.account(),
              order.orderId(),
              order.network().asset(),
              order.address(),
              BigDecimal.valueOf(order.amount(), order.network().scale()));
      var asked = withdrawals.request(request);
      // Written: what follows is its story, and an answer of the ledger that is late changes none.
      var held = withdrawals.await(asked.id(), LEDGER_WAIT);
      if (held.state() == WithdrawalState.REFUSED) {
        throw refusedByLedger(held.reason());
      }
      return present(order.account(), held.id());
    });
  }

  private Withdrawal present(long account, long id) {
    return withdrawal(account, id)
        .orElseThrow(() -> new IllegalStateException("withdrawal " + id + " vanished"));
  }

  private static CapitalRefused refusedByLedger(@Nullable String reason) {
    return switch (String.valueOf(reason)) {
      case "INSUFFICIENT_BALANCE" ->
          // Binance's words of trading: clients that do not know our host go by them, not by the
          // code.
          new CapitalRefused(
              CapitalRefused.Reason.INSUFFICIENT_BALANCE,
              "Account has insufficient balance for requested action.");
      case "ACCOUNT_FROZEN" ->
          new CapitalRefused(
              CapitalRefused.Reason.FROZEN,
              "Withdraw is limited: a deposit's block left its chain, and the account is frozen"
                  + " until that is settled.");
      default ->
          new CapitalRefused(CapitalRefused.Reason.LEDGER, "The ledger refused: " + reason + ".");
    };
  }

  @Override
  public Withdrawal cancel(long account, long id) {
    return asked(() -> present(account, withdrawals.cancel(account, id).id()));
  }

  @Override
  public List<Withdrawal> withdrawals(long account, WithdrawalQuery query) {
    return rows.withdrawals(account, query);
  }

  @Override
  public Optional<Withdrawal> withdrawal(long account, long id) {
    return rows.withdrawal(account, id).stream().findFirst();
  }

  @Override
  public List<Step> steps(long account, long id) {
    return rows.steps(account, id);
  }

  @Override
  public Map<Integer, Long> withdrawing(long account) {
    return rows.withdrawing(account);
  }

  private Destinations.Destination destination(Network network, String address) {
    return asked(() -> destinations.parse(ChainName.valueOf(network.network()), address));
  }

  @Override
  public boolean isInside(Network network, String address) {
    return rows.isInside(network.network(), destination(network, address).script());
  }

  @Override
  public List<BookEntry> addressBook(long account) {
    return book.entries(database, account).stream().map(CustodyCapital::entry).toList();
  }

  private static BookEntry entry(AddressBook.Entry entry) {
    return new BookEntry(
        entry.id(), entry.chain(), entry.address(), entry.label(), entry.usableAt());
  }

  @Override
  public BookEntry remember(long account, Network network, String address, String label) {
    var destination = destination(network, address);
    return database.transactionResult(transaction -> {
      long id =
          book.add(
              transaction.dsl(),
              account,
              network.network(),
              destination.script(),
              destination.address(),
              label);
      return book.entries(transaction.dsl(), account).stream()
          .filter(entry -> entry.id() == id)
          .map(CustodyCapital::entry)
          .findFirst()
          .orElseThrow();
    });
  }

  @Override
  public boolean forget(long account, long entry) {
    return database.transactionResult(
        transaction -> book.remove(transaction.dsl(), account, entry));
  }

  @Override
  public boolean listedOnly(long account) {
    return book.isOnly(database, account);
  }

  @Override
  public void listedOnly(long account, boolean wanted) {
    database.transaction(transaction -> book.only(transaction.dsl(), account, wanted));
  }

  /** Custody's refusals in the words of the customer's door. */
  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (WithdrawalException refused) {
      throw new CapitalRefused(reason(refused.reason()), sentence(refused.getMessage()));
    } catch (LeadershipLost | NodeUnavailable e) {
      throw new CapitalRefused(
          CapitalRefused.Reason.UNAVAILABLE, "Custody cannot answer now; ask again.");
    }
  }

  private static String sentence(@Nullable String message) {
    String text = String.valueOf(message);
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }

  private static CapitalRefused.Reason reason(WithdrawalException.Reason reason) {
    return switch (reason) {
      case UNKNOWN_ASSET -> CapitalRefused.Reason.UNKNOWN_ASSET;
      case NOT_POSITIVE, TOO_LARGE -> CapitalRefused.Reason.AMOUNT;
      case TOO_PRECISE -> CapitalRefused.Reason.TOO_PRECISE;
      case BELOW_MINIMUM -> CapitalRefused.Reason.BELOW_MINIMUM;
      case MALFORMED_ADDRESS, WRONG_CHAIN, CONTRACT_ADDRESS, SELF_DEPOSIT, HOUSE_ADDRESS ->
          CapitalRefused.Reason.ADDRESS;
      case ORDER_ID_USED, MALFORMED_ORDER_ID -> CapitalRefused.Reason.ORDER_ID;
      case HALTED -> CapitalRefused.Reason.HALTED;
      case UNKNOWN_WITHDRAWAL -> CapitalRefused.Reason.UNKNOWN_WITHDRAWAL;
      case WRONG_STATE -> CapitalRefused.Reason.TOO_LATE;
      case NODE_UNAVAILABLE -> CapitalRefused.Reason.UNAVAILABLE;
    };
  }
}
