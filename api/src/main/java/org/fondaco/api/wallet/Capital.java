package org.fondaco.api.wallet;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What custody does for customers. Every method may wait for the database, some for the ledger or
 * for a chain's node. Amounts are ledger units of the asset.
 */
public interface Capital {

  /** What can come in and go out, and on what terms now; ascending by asset id. */
  List<Network> networks();

  /**
   * The customer's deposit address on a network, issued at the first request.
   *
   * @throws CapitalRefused when none can be issued now
   */
  String depositAddress(long account, Network network);

  /** All deposit addresses that the customer ever had, oldest first; all of them are watched. */
  List<OwnAddress> addresses(long account);

  /** Newest first. */
  List<Deposit> deposits(long account, DepositQuery query);

  /**
   * Takes a withdrawal and waits until the ledger has held the funds, or refused.
   *
   * @throws CapitalRefused with the precise reason; then nothing was written, or the ledger refused
   */
  Withdrawal withdraw(WithdrawalOrder order);

  /**
   * Takes a withdrawal back.
   *
   * @throws CapitalRefused when there is none, or it is being paid already
   */
  Withdrawal cancel(long account, long id);

  /** Newest first. */
  List<Withdrawal> withdrawals(long account, WithdrawalQuery query);

  Optional<Withdrawal> withdrawal(long account, long id);

  /** Every state that a withdrawal passed, with what was noted, oldest first. */
  List<Step> steps(long account, long id);

  /** What open withdrawals hold of an account, by asset id. */
  Map<Integer, Long> withdrawing(long account);

  /** Whether an address, as the customer wrote it, is a deposit address of a customer. */
  boolean isInside(Network network, String address);

  /** The account's address book, newest first. */
  List<BookEntry> addressBook(long account);

  /**
   * Adds an address; it can be used when its cool-down is over.
   *
   * @throws CapitalRefused when it is no address of the network
   */
  BookEntry remember(long account, Network network, String address, String label);

  /** Removes an entry at once; false when there is none. */
  boolean forget(long account, long entry);

  /** Whether withdrawals may go to listed addresses only. */
  boolean listedOnly(long account);

  /** Listed addresses only, from now on; or no longer, once the cool-down is over. */
  void listedOnly(long account, boolean wanted);

  /**
   * An asset on the chain where it lives.
   *
   * @param asset the engine's id
   * @param coin its code
   * @param scale of the ledger
   * @param network name of the chain
   * @param contract of a token, in the chain's spelling, null for the chain's own coin
   * @param step least difference between two amounts that the chain can pay
   * @param fee that a withdrawal costs now
   * @param minimum that a payee can receive
   * @param depositMinimum below which a deposit is not credited
   * @param confirmations that a small deposit waits for
   * @param confirmationsMax that a deposit of any size waits for
   * @param depositHalt why deposits are not credited, null = they are
   * @param withdrawHalt why nothing can be withdrawn, null = it can
   */
  record Network(
      int asset,
      String coin,
      int scale,
      String network,
      @Nullable String contract,
      long step,
      long fee,
      long minimum,
      long depositMinimum,
      int confirmations,
      int confirmationsMax,
      @Nullable String depositHalt,
      @Nullable String withdrawHalt) {}

  /** A deposit address. */
  record OwnAddress(String family, String address, boolean retired, Instant issued) {}

  /** Where a deposit stands. */
  enum DepositStatus {
    /** Not deep enough, or its block left the chain. */
    PENDING,
    CREDITED,
    /** Credited, and its block left the chain: the account is frozen until that is settled. */
    ORPHANED,
    /** Less than the minimum. */
    BELOW_MINIMUM,
    /** The ledger did not take it; people look. */
    SUSPENSE,
    WRITTEN_OFF
  }

  /**
   * A deposit.
   *
   * @param confirmations it has, 0 when it is on no block of the chain
   * @param needed confirmations that it is credited at
   */
  record Deposit(
      long id,
      int asset,
      String network,
      long amount,
      DepositStatus status,
      String address,
      String txid,
      long confirmations,
      int needed,
      Instant seen,
      @Nullable Instant credited) {}

  /** Where a withdrawal stands, in a customer's words. */
  enum WithdrawalStatus {
    REQUESTED,
    AWAITING,
    PROCESSING,
    COMPLETED,
    CANCELLED,
    REJECTED,
    FAILED
  }

  /**
   * A withdrawal.
   *
   * @param state custody's own name of where it stands
   * @param amount that the payee receives
   * @param fee on top
   * @param inside the payee is a customer of ours; nothing goes over the chain
   * @param confirmations of its transaction
   */
  record Withdrawal(
      long id,
      String orderId,
      int asset,
      String network,
      String address,
      long amount,
      long fee,
      WithdrawalStatus status,
      String state,
      @Nullable String reason,
      @Nullable String txid,
      boolean inside,
      long confirmations,
      Instant requested,
      @Nullable Instant completed) {}

  /**
   * What a customer wants.
   *
   * @param orderId of the customer, null = none
   * @param amount that the payee receives
   */
  record WithdrawalOrder(
      long account, @Nullable String orderId, Network network, String address, long amount) {}

  /** One state that a withdrawal passed. */
  record Step(Instant at, String state, String memo) {}

  /** An address that a customer knows. */
  record BookEntry(long id, String network, String address, String label, Instant usable) {}

  /**
   * Part of a history.
   *
   * @param asset null = all
   * @param from inclusive
   * @param to inclusive
   */
  record Part(@Nullable Integer asset, Instant from, Instant to, int offset, int limit) {}

  /** Deposits that are asked for. */
  record DepositQuery(Part part, @Nullable DepositStatus status, @Nullable String txid) {}

  /** Withdrawals that are asked for; empty ids = all. */
  record WithdrawalQuery(
      Part part, @Nullable WithdrawalStatus status, @Nullable String orderId, List<Long> ids) {}
}
