package org.fondaco.api.userdata;

import java.util.ArrayDeque;
import java.util.Queue;
import org.fondaco.api.userdata.UserDataReceiver.End;
import org.jspecify.annotations.Nullable;

/**
 * One receiver of one account's events. It begins closed: events wait until {@link #open}, so that
 * the answer to the request that subscribed can be sent first. Thread-safe.
 */
public final class Subscription {
  /** More than this is no answer that is late but one that never comes. */
  private static final int WAITING_MAX = 10_000;

  private final UserData userData;
  private final long account;
  private final String credential;
  private final long after;
  private final UserDataReceiver receiver;
  private @Nullable Queue<UserEvent> waiting = new ArrayDeque<>();
  private @Nullable End end;
  private boolean over;

  /**
   * @param credential API key that it hangs on
   * @param after groups up to this one were known to the client before
   */
  Subscription(
      UserData userData, long account, String credential, long after, UserDataReceiver receiver) {
    this.userData = userData;
    this.account = account;
    this.credential = credential;
    this.after = after;
    this.receiver = receiver;
  }

  /** Lets events through, those first that waited. */
  public synchronized void open() {
    Queue<UserEvent> kept = waiting;
    waiting = null;
    if (kept != null && !over) {
      kept.forEach(receiver::event);
      if (end != null) {
        tellEnd(end);
      }
    }
  }

  /** Ends it by wish of its receiver, who hears nothing more. */
  public void close() {
    synchronized (this) {
      over = true;
      waiting = null;
    }
    userData.close(account, this);
  }

  /** Ends it from this side. */
  void finish(End reason) {
    userData.close(account, this);
    end(reason);
  }

  synchronized boolean isOver() {
    return over || end != null;
  }

  String credential() {
    return credential;
  }

  long after() {
    return after;
  }

  synchronized void event(UserEvent event) {
    if (over || end != null) {
      return;
    }
    if (waiting == null) {
      receiver.event(event);
    } else if (waiting.size() < WAITING_MAX) {
      waiting.add(event);
    } else {
      waiting.clear();
      end = End.LOST;
    }
  }

  /** Ends it from this side; the account's follower has forgotten it already. */
  synchronized void end(End reason) {
    if (over || end != null) {
      return;
    }
    end = reason;
    if (waiting == null) {
      tellEnd(reason);
    }
  }

  private void tellEnd(End reason) {
    over = true;
    receiver.ended(reason);
  }
}
