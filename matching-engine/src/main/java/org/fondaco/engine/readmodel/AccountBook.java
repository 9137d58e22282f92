package org.fondaco.engine.readmodel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fondaco.engine.protocol.EngineEvent;
import org.jspecify.annotations.Nullable;

/**
 * Everything of one account. Small when the account is: venues have millions of them. Guarded by
 * the lock of its {@link AccountShard}.
 */
final class AccountBook {

  private static final int[] NO_ASSETS = {};
  private static final long[] NO_AMOUNTS = {};

  final long account;
  EngineEvent.@Nullable AccountChanged options;
  boolean frozen;

  /** Ascending asset ids; totals and held of the asset at the same index. */
  private int[] assets = NO_ASSETS;

  private long[] totals = NO_AMOUNTS;
  private long[] held = NO_AMOUNTS;

  @Nullable LiveOrder firstOpen;
  private @Nullable LiveOrder lastOpen;
  @Nullable LiveOrder firstHere;
  @Nullable LiveOrder lastHere;
  @Nullable LiveFill firstFill;
  @Nullable LiveFill lastFill;

  /** Prevented matches and amendments; null until the first. */
  private @Nullable AccountRemarks remarks;

  /** Lists here by id, and the latest list of each client id; null until the first list. */
  private @Nullable TreeMap<Long, LiveList> lists;

  private @Nullable Map<String, LiveList> listsByClientId;

  AccountBook(long account) {
    this.account = account;
  }

  void balance(int asset, long total, long heldOfTotal) {
    int index = Arrays.binarySearch(assets, asset);
    if (index < 0) {
      index = -index - 1;
      assets = inserted(assets, index, asset);
      totals = inserted(totals, index);
      held = inserted(held, index);
    }
    totals[index] = total;
    held[index] = heldOfTotal;
  }

  List<EngineEvent.BalanceChanged> balances() {
    List<EngineEvent.BalanceChanged> balances = new ArrayList<>(assets.length);
    for (int i = 0; i < assets.length; i++) {
      balances.add(new EngineEvent.BalanceChanged(account, assets[i], totals[i], held[i]));
    }
    return balances;
  }

  /** Engine ids ascend, so a new order goes to the end at once; only priming may have to search. */
  void addOpen(LiveOrder order) {
    LiveOrder before = lastOpen;
    while (before != null && before.orderId > order.orderId) {
      before = before.previousOpen;
    }
    LiveOrder after = before == null ? firstOpen : before.nextOpen;
    order.previousOpen = before;
    order.nextOpen = after;
    if (before == null) {
      firstOpen = order;
    } else {
      before.nextOpen = order;
    }
    if (after == null) {
      lastOpen = order;
    } else {
      after.previousOpen = order;
    }
    order.listedOpen = true;
  }

  void removeOpen(LiveOrder order) {
    LiveOrder before = order.previousOpen;
    LiveOrder after = order.nextOpen;
    if (before == null) {
      firstOpen = after;
    } else {
      before.nextOpen = after;
    }
    if (after == null) {
      lastOpen = before;
    } else {
      after.previousOpen = before;
    }
    order.previousOpen = null;
    order.nextOpen = null;
    order.listedOpen = false;
  }

  void addHere(LiveOrder order) {
    LiveOrder before = lastHere;
    while (before != null && before.orderId > order.orderId) {
      before = before.previousHere;
    }
    LiveOrder after = before == null ? firstHere : before.nextHere;
    order.previousHere = before;
    order.nextHere = after;
    if (before == null) {
      firstHere = order;
    } else {
      before.nextHere = order;
    }
    if (after == null) {
      lastHere = order;
    } else {
      after.previousHere = order;
    }
  }

  void removeHere(LiveOrder order) {
    LiveOrder before = order.previousHere;
    LiveOrder after = order.nextHere;
    if (before == null) {
      firstHere = after;
    } else {
      before.nextHere = after;
    }
    if (after == null) {
      lastHere = before;
    } else {
      after.previousHere = before;
    }
    order.previousHere = null;
    order.nextHere = null;
  }

  void addFill(LiveFill fill) {
    LiveFill before = lastFill;
    fill.previousHere = before;
    if (before == null) {
      firstFill = fill;
    } else {
      before.nextHere = fill;
    }
    lastFill = fill;
  }

  /** The venue forgets fills oldest first, so it is always the account's oldest that goes. */
  void removeFirstFill(LiveFill fill) {
    if (fill != firstFill) {
      throw new IllegalStateException("fills of account " + account + " out of order");
    }
    LiveFill after = fill.nextHere;
    firstFill = after;
    if (after == null) {
      lastFill = null;
    } else {
      after.previousHere = null;
    }
  }

  AccountRemarks remarks() {
    AccountRemarks present = remarks;
    if (present == null) {
      present = new AccountRemarks();
      remarks = present;
    }
    return present;
  }

  List<ReadModel.PreventedMatchView> preventedMatches(int symbol) {
    return remarks == null ? List.of() : remarks.preventedMatches(symbol);
  }

  List<ReadModel.AmendmentView> amendments(int symbol) {
    return remarks == null ? List.of() : remarks.amendments(symbol);
  }

  void addList(LiveList list) {
    TreeMap<Long, LiveList> byId = lists;
    Map<String, LiveList> byClientId = listsByClientId;
    if (byId == null || byClientId == null) {
      byId = new TreeMap<>();
      byClientId = new HashMap<>();
      lists = byId;
      listsByClientId = byClientId;
    }
    byId.put(list.orderListId, list);
    byClientId.put(list.listClientOrderId, list);
  }

  @Nullable LiveList list(long orderListId) {
    return lists == null ? null : lists.get(orderListId);
  }

  /** A client id is unique among open lists, so the latest to take it is the open one if any is. */
  @Nullable LiveList listByClientId(String listClientOrderId) {
    return listsByClientId == null ? null : listsByClientId.get(listClientOrderId);
  }

  void removeList(LiveList list) {
    if (lists != null && listsByClientId != null) {
      lists.remove(list.orderListId);
      listsByClientId.remove(list.listClientOrderId, list);
    }
  }

  List<ListView> orderLists() {
    return lists == null ? List.of() : lists.values().stream().map(LiveList::view).toList();
  }

  List<ListView> openLists() {
    return lists == null
        ? List.of()
        : lists.values().stream().filter(LiveList::open).map(LiveList::view).toList();
  }

  private static int[] inserted(int[] from, int index, int value) {
    int[] to = new int[from.length + 1];
    System.arraycopy(from, 0, to, 0, index);
    System.arraycopy(from, index, to, index + 1, from.length - index);
    to[index] = value;
    return to;
  }

  private static long[] inserted(long[] from, int index) {
    long[] to = new long[from.length + 1];
    System.arraycopy(from, 0, to, 0, index);
    System.arraycopy(from, index, to, index + 1, from.length - index);
    return to;
  }
}
