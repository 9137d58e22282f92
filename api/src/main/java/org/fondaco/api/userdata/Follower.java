package org.fondaco.api.userdata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.api.feed.Group;
import org.fondaco.api.symbol.Markets;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.readmodel.ReadModel.OpenState;

/**
 * Follows one account that somebody listens to: knows what is open on it as of the last group, so
 * that each event can be reported with what has added up until then. Its monitor is held while a
 * group is folded and told; the first subscriber primes it under the same monitor.
 */
final class Follower {
  private final long account;
  private final Markets markets;
  private final OpenOrders open = new OpenOrders();
  private final Map<String, OrderSpec> replacements = new HashMap<>();
  private final List<Subscription> subscriptions = new ArrayList<>();
  private boolean primed;
  private long asOf;

  /** Nobody listens any more; a new subscriber needs a new follower. */
  private boolean abandoned;

  Follower(long account, Markets markets) {
    this.account = account;
    this.markets = markets;
  }

  synchronized boolean primed() {
    return primed;
  }

  /**
   * Takes over what is open.
   *
   * @param closedLegs client ids of legs of open lists that are not in it
   */
  synchronized void prime(OpenState state, Map<Long, String> closedLegs) {
    asOf = state.sequence();
    open.prime(state, closedLegs);
    primed = true;
  }

  /**
   * @return false when this follower has been given up
   */
  synchronized boolean add(Subscription subscription) {
    if (!abandoned) {
      subscriptions.add(subscription);
    }
    return !abandoned;
  }

  /** After this nothing is told to it any more. */
  synchronized void remove(Subscription subscription) {
    subscriptions.remove(subscription);
  }

  synchronized int size() {
    return subscriptions.size();
  }

  /** Gives up when nobody listens; true when it has been. */
  synchronized boolean abandonIfUnheard() {
    abandoned = abandoned || subscriptions.isEmpty();
    return abandoned;
  }

  /** Gives up; those who listened are to be told. */
  synchronized List<Subscription> abandon() {
    abandoned = true;
    List<Subscription> all = List.copyOf(subscriptions);
    subscriptions.clear();
    return all;
  }

  /** Those who listen by this key; they are not told anything any more. */
  synchronized List<Subscription> removeAll(String credential) {
    List<Subscription> ended =
        subscriptions.stream().filter(each -> each.credential().equals(credential)).toList();
    subscriptions.removeAll(ended);
    return ended;
  }

  /** An order is about to be sent in place of another; the engine will not repeat what it said. */
  synchronized void announce(String cancelClientOrderId, OrderSpec spec) {
    replacements.put(cancelClientOrderId, spec);
  }

  synchronized void forget(String cancelClientOrderId) {
    replacements.remove(cancelClientOrderId);
  }

  synchronized void group(Group group) {
    if (!primed || group.sequence() <= asOf) {
      return;
    }
    asOf = group.sequence();
    List<UserEvent> events = new Narration(account, group, open, markets, replacements).events();
    if (events.isEmpty()) {
      return;
    }
    for (Subscription subscription : List.copyOf(subscriptions)) {
      if (group.sequence() > subscription.after()) {
        events.forEach(subscription::event);
      }
    }
  }
}
