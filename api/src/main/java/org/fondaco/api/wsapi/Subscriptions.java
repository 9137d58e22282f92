package org.fondaco.api.wsapi;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.security.Identity;
import org.fondaco.api.socket.Peer;
import org.fondaco.api.userdata.StreamNotice;
import org.fondaco.api.userdata.Subscription;
import org.fondaco.api.userdata.UserData;
import org.fondaco.api.userdata.UserDataReceiver;
import org.fondaco.api.userdata.UserEvent;
import org.jspecify.annotations.Nullable;

/**
 * The user data subscriptions of one connection [web-socket-api.md §User Data Stream subscription].
 * Thread-safe.
 */
final class Subscriptions {
  private static final int ACTIVE_MAX = 1_000;
  private static final int EVER_MAX = 65_535;

  private final UserData userData;
  private final Peer peer;
  private final boolean microseconds;
  private final TreeMap<Integer, Active> active = new TreeMap<>();
  private int next;
  private boolean over;

  Subscriptions(UserData userData, Peer peer, boolean microseconds) {
    this.userData = userData;
    this.peer = peer;
    this.microseconds = microseconds;
  }

  private final class Active implements UserDataReceiver {
    final int id;
    final long account;
    final boolean ofSession;
    @Nullable Subscription subscription;

    Active(int id, long account, boolean ofSession) {
      this.id = id;
      this.account = account;
      this.ofSession = ofSession;
    }

    @Override
    public void event(UserEvent event) {
      peer.send(wrapped(id, event));
    }

    @Override
    public void ended(End reason) {
      forget(this);
      event(terminated());
    }
  }

  /**
   * Subscribes; events follow once the subscription is opened.
   *
   * @param ofSession ends with the session that is logged on
   * @throws org.fondaco.api.error.ApiException -2035 or -2042
   */
  CompletableFuture<Begun> subscribe(Identity identity, boolean ofSession) {
    Active begun;
    synchronized (this) {
      if (active.values().stream().anyMatch(each -> each.account == identity.account())) {
        throw RequestErrors.subscriptionActive();
      }
      if (active.size() >= ACTIVE_MAX) {
        throw RequestErrors.tooManySubscriptions(
            "Too many active User Data Stream subscriptions; at most " + ACTIVE_MAX + ".");
      }
      if (next >= EVER_MAX) {
        throw RequestErrors.tooManySubscriptions(
            "Maximum subscription ID reached for this connection.");
      }
      begun = new Active(next++, identity.account(), ofSession);
      active.put(begun.id, begun);
    }
    return userData
        .subscribe(identity, begun)
        .whenComplete((subscription, failure) -> began(begun, subscription))
        .thenApply(subscription -> new Begun(begun.id, subscription));
  }

  /** A new subscription, closed as yet. */
  record Begun(int id, Subscription subscription) {}

  private void began(Active begun, @Nullable Subscription subscription) {
    boolean unwanted;
    synchronized (this) {
      begun.subscription = subscription;
      unwanted = over || !active.containsKey(begun.id);
      if (subscription == null) {
        active.remove(begun.id);
      }
    }
    if (unwanted && subscription != null) {
      subscription.close();
    }
  }

  /**
   * Ends one, or all.
   *
   * @param id null = all
   * @return what tells the client so, to be run after the answer
   * @throws org.fondaco.api.error.ApiException -2036 when there is none to end
   */
  Runnable unsubscribe(@Nullable Integer id) {
    List<Active> ending = new ArrayList<>();
    synchronized (this) {
      if (id == null) {
        ending.addAll(active.values());
      } else if (active.containsKey(id)) {
        ending.add(active.get(id));
      }
      if (ending.isEmpty()) {
        throw RequestErrors.subscriptionInactive();
      }
    }
    return end(ending);
  }

  /** Ends the one that hangs on the session, if there is one. */
  Runnable endOfSession() {
    List<Active> ending;
    synchronized (this) {
      ending = active.values().stream().filter(each -> each.ofSession).toList();
    }
    return end(ending);
  }

  /** Holds no lock while it closes: who tells an end holds the subscription's and wants ours. */
  private Runnable end(List<Active> ending) {
    synchronized (this) {
      ending.forEach(each -> active.remove(each.id));
    }
    for (Active each : ending) {
      if (each.subscription != null) {
        each.subscription.close();
      }
    }
    return () -> ending.forEach(each -> each.event(terminated()));
  }

  synchronized List<Integer> ids() {
    return List.copyOf(active.keySet());
  }

  /** The connection is gone. */
  void close() {
    List<Active> all;
    synchronized (this) {
      over = true;
      all = List.copyOf(active.values());
    }
    end(all);
  }

  private synchronized void forget(Active ended) {
    active.remove(ended.id);
  }

  private static StreamNotice terminated() {
    return new StreamNotice(StreamNotice.Kind.TERMINATED, Times.nowMicros());
  }

  private ByteBuffer wrapped(int id, UserEvent event) {
    JsonWriter json = new JsonWriter(768).beginObject();
    json.field("subscriptionId", id);
    json.name("event");
    event.write(json, microseconds);
    return json.endObject().buffer();
  }
}
