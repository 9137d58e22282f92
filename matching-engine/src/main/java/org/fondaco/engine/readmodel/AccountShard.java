package org.fondaco.engine.readmodel;

import java.util.concurrent.locks.ReentrantLock;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** A part of the accounts under one lock. A reader holds one such lock at a time, never two. */
final class AccountShard {

  final ReentrantLock lock = new ReentrantLock();
  final ClientIdTable clientIds = new ClientIdTable();
  private final Long2ObjectHashMap<AccountBook> accounts = new Long2ObjectHashMap<>();
  private final Long2ObjectHashMap<LiveOrder> orders = new Long2ObjectHashMap<>();

  /** The writer has locked it for the group at hand; read and written by the writer only. */
  boolean lockedByWriter;

  /** The last group that touched it; guarded by the lock. */
  long sequence;

  @Nullable AccountBook find(long account) {
    return accounts.get(account);
  }

  AccountBook account(long account) {
    AccountBook book = accounts.get(account);
    if (book == null) {
      book = new AccountBook(account);
      accounts.put(account, book);
    }
    return book;
  }

  void add(LiveOrder order) {
    AccountBook book = account(order.account);
    orders.put(order.orderId, order);
    clientIds.add(order);
    book.addOpen(order);
    book.addHere(order);
  }

  @Nullable LiveOrder find(long account, int symbol, long orderId) {
    LiveOrder order = orders.get(orderId);
    return order != null && order.account == account && order.symbol == symbol ? order : null;
  }

  /**
   * The order that an event speaks of.
   *
   * @throws IllegalStateException when it is not here: the model does not match the engine
   */
  LiveOrder order(long orderId) {
    LiveOrder order = orders.get(orderId);
    if (order == null) {
      throw new IllegalStateException("event for unknown order " + orderId);
    }
    return order;
  }

  /** Forgets a closed order, and its list when that has ended and no other leg is here. */
  void forget(LiveOrder order) {
    AccountBook book = account(order.account);
    orders.remove(order.orderId);
    clientIds.remove(order);
    book.removeHere(order);
    LiveList list = book.list(order.orderListId);
    if (list != null && !list.open() && list.orders.stream().noneMatch(orders::containsKey)) {
      book.removeList(list);
    }
  }
}
