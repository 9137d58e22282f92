package org.fondaco.api.userdata;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.fondaco.api.feed.Group;
import org.fondaco.api.feed.GroupSubscriber;
import org.fondaco.api.past.Past;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.Identity;
import org.fondaco.api.security.Permission;
import org.fondaco.api.symbol.Markets;
import org.fondaco.api.userdata.UserDataReceiver.End;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.readmodel.ListView;
import org.fondaco.engine.readmodel.ReadModel;
import org.fondaco.engine.readmodel.ReadModel.OpenState;

/**
 * The user data of all accounts that somebody listens to; accounts without a listener cost nothing.
 * Each subscriber hears every event that follows the moment at which it subscribed, once and in the
 * order of the engine; when that cannot be kept, it is told that it is over. Thread-safe.
 */
public final class UserData implements GroupSubscriber {
  private final ReadModel readModel;
  private final Markets markets;
  private final Past past;
  private final ApiKeys keys;
  private final Map<Long, Follower> followers = new ConcurrentHashMap<>();

  /** To be added to the feed, whose groups must be visible in the read model. */
  public UserData(ReadModel readModel, Markets markets, Past past, ApiKeys keys) {
    this.readModel = readModel;
    this.markets = markets;
    this.past = past;
    this.keys = keys;
    keys.onRevoked(this::revoked);
  }

  /**
   * Subscribes to the account of a key; completes at once unless the history store must be asked.
   *
   * @param identity proven; the subscription ends when its API key does
   * @return closed as yet, see {@link Subscription#open}
   */
  public CompletableFuture<Subscription> subscribe(Identity identity, UserDataReceiver receiver) {
    Set<Long> missing = missingLegs(identity.account());
    if (missing.isEmpty()) {
      return CompletableFuture.completedFuture(subscribe(identity, receiver, Map.of()));
    }
    return past.ask(() -> subscribe(identity, receiver, names(identity.account())));
  }

  private Subscription subscribe(
      Identity identity, UserDataReceiver receiver, Map<Long, String> closedLegs) {
    long account = identity.account();
    while (true) {
      Follower follower = followers.computeIfAbsent(account, id -> new Follower(id, markets));
      Subscription subscription;
      synchronized (follower) {
        // The feed waits for this monitor, so no group is missed between the two.
        if (!follower.primed()) {
          follower.prime(readModel.openState(account), closedLegs);
        }
        subscription =
            new Subscription(this, account, identity.credential(), readModel.sequence(), receiver);
        if (!follower.add(subscription)) {
          followers.remove(account, follower);
          continue;
        }
      }
      if (!mayRead(identity.credential())) {
        // Revoked meanwhile: whoever revoked it may have come too early to find the subscription.
        revoked(identity.credential());
      }
      return subscription;
    }
  }

  private boolean mayRead(String credential) {
    var key = keys.find(credential);
    return key != null && key.identity().may(Permission.USER_DATA);
  }

  /** Legs of open lists that memory has forgotten, or has not known since the last start. */
  private Set<Long> missingLegs(long account) {
    OpenState state = readModel.openState(account);
    Set<Long> missing = new LinkedHashSet<>();
    state.lists().forEach(list -> missing.addAll(list.orders()));
    state.orders().forEach(order -> missing.remove(order.orderId()));
    return missing;
  }

  private Map<Long, String> names(long account) {
    Map<Long, String> names = new HashMap<>();
    for (ListView list : readModel.openOrderLists(account)) {
      for (long leg : list.orders()) {
        past.order(account, list.symbol(), leg)
            .ifPresent(order -> names.put(leg, order.spec().clientOrderId()));
      }
    }
    return names;
  }

  void close(long account, Subscription subscription) {
    Follower follower = followers.get(account);
    if (follower != null) {
      follower.remove(subscription);
      if (follower.abandonIfUnheard()) {
        followers.remove(account, follower);
      }
    }
  }

  /**
   * Tells of an order that is about to be sent in place of a cancelled one: if the engine rejects
   * it, the report needs what was asked.
   *
   * @param cancelClientOrderId client id of the cancellation
   */
  public void announce(long account, String cancelClientOrderId, OrderSpec spec) {
    Follower follower = followers.get(account);
    if (follower != null) {
      follower.announce(cancelClientOrderId, spec);
    }
  }

  /** The announced order was placed, or nothing was cancelled. */
  public void forget(long account, String cancelClientOrderId) {
    Follower follower = followers.get(account);
    if (follower != null) {
      follower.forget(cancelClientOrderId);
    }
  }

  /** Subscriptions at present. */
  public int subscriptions() {
    return followers.values().stream().mapToInt(Follower::size).sum();
  }

  @Override
  public void group(Group group) {
    if (followers.isEmpty()) {
      return;
    }
    Set<Follower> touched = new LinkedHashSet<>();
    for (EngineEvent event : group.events()) {
      accounts(event, touched);
    }
    touched.forEach(follower -> follower.group(group));
  }

  private void accounts(EngineEvent event, Set<Follower> touched) {
    switch (event) {
      case EngineEvent.Trade e -> {
        touch(e.takerAccount(), touched);
        touch(e.makerAccount(), touched);
      }
      case EngineEvent.PreventedMatch e -> {
        touch(e.takerAccount(), touched);
        touch(e.makerAccount(), touched);
      }
      case EngineEvent.TransferPosted e -> {
        touch(e.from(), touched);
        touch(e.to(), touched);
      }
      case EngineEvent.OrderAccepted e -> touch(e.account(), touched);
      case EngineEvent.Rejected e -> touch(e.account(), touched);
      case EngineEvent.Triggered e -> touch(e.account(), touched);
      case EngineEvent.Activated e -> touch(e.account(), touched);
      case EngineEvent.TrailingStarted e -> touch(e.account(), touched);
      case EngineEvent.Amended e -> touch(e.account(), touched);
      case EngineEvent.Moved e -> touch(e.account(), touched);
      case EngineEvent.Canceled e -> touch(e.account(), touched);
      case EngineEvent.Expired e -> touch(e.account(), touched);
      case EngineEvent.ListStatusChanged e -> touch(e.account(), touched);
      case EngineEvent.HoldOpened e -> touch(e.account(), touched);
      case EngineEvent.HoldClosed e -> touch(e.account(), touched);
      case EngineEvent.BalanceChanged e -> touch(e.account(), touched);
      case EngineEvent.BatchRejected _,
          EngineEvent.LevelChanged _,
          EngineEvent.AssetChanged _,
          EngineEvent.SymbolChanged _,
          EngineEvent.FeesChanged _,
          EngineEvent.AccountChanged _,
          EngineEvent.VenueChanged _,
          EngineEvent.FreezeChanged _,
          EngineEvent.SourceState _,
          EngineEvent.MarkTotals _,
          EngineEvent.Marked _,
          EngineEvent.SourceOutcome _,
          EngineEvent.OrderState _,
          EngineEvent.ListState _,
          EngineEvent.SymbolState _,
          EngineEvent.CommandDone _ -> {}
    }
  }

  private void touch(long account, Set<Follower> touched) {
    Follower follower = followers.get(account);
    if (follower != null) {
      touched.add(follower);
    }
  }

  @Override
  public void lost() {
    for (Map.Entry<Long, Follower> entry : Map.copyOf(followers).entrySet()) {
      List<Subscription> ended = entry.getValue().abandon();
      followers.remove(entry.getKey(), entry.getValue());
      ended.forEach(subscription -> subscription.end(End.LOST));
    }
  }

  private void revoked(String credential) {
    for (Follower follower : followers.values()) {
      follower.removeAll(credential).forEach(each -> each.end(End.KEY_REVOKED));
    }
  }
}
