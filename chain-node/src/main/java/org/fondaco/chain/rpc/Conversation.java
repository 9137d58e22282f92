package org.fondaco.chain.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One client over a connection that stays: WebSocket or local socket. Its calls run beside each
 * other, as geth's do, so answers come as they are ready. Safe for any thread.
 */
final class Conversation {
  private static final long CALL_NANOS_MAX = TimeUnit.DAYS.toNanos(1);

  private final Dispatcher dispatcher;
  private final CallThreads threads;
  private final Outbox outbox;
  private final Object lock = new Object();
  private @Nullable List<Runnable> closing = new ArrayList<>();

  Conversation(Dispatcher dispatcher, CallThreads threads, Outbox outbox) {
    this.dispatcher = dispatcher;
    this.threads = threads;
    this.outbox = outbox;
  }

  /** Answers a message; comes back when the answer is queued. */
  void heard(JsonNode message) {
    hear(call -> dispatcher.answer(message, call));
  }

  /** The same for a text; one that is no JSON ends the connection, as geth does. */
  void heard(byte[] text) {
    hear(call -> {
      JsonNode message;
      try {
        message = Json.MAPPER.readTree(text);
      } catch (JacksonException e) {
        message = MissingNode.getInstance();
      }
      if (message.isMissingNode()) {
        unreadable();
        return null;
      }
      return dispatcher.answer(message, call);
    });
  }

  private interface Answering {
    byte @Nullable [] answer(Call call);
  }

  private void hear(Answering answering) {
    Call call = new Call();
    try {
      byte[] answer = threads.run(() -> answering.answer(call));
      if (answer != null) {
        outbox.answer(answer);
      }
      call.answered();
    } catch (ExecutionException | RejectedExecutionException e) {
      outbox.abort(); // an error of the process, such as too little memory, or its end
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that the client cannot be understood, and ends. */
  void unreadable() {
    outbox.answer(Dispatcher.unreadable());
    outbox.end();
  }

  /** The connection has ended. */
  void ended() {
    outbox.abort();
    List<Runnable> actions;
    synchronized (lock) {
      actions = closing;
      closing = null;
    }
    if (actions != null) {
      actions.forEach(Runnable::run);
    }
  }

  /** A caller as one message sees it: notifications wait until the message is answered. */
  private final class Call implements RpcMethod.Caller {
    private final long deadline = System.nanoTime() + CALL_NANOS_MAX;
    private @Nullable List<byte[]> early = new ArrayList<>();

    @Override
    public void notify(JsonNode message) {
      byte[] bytes = Json.bytes(message);
      synchronized (this) {
        if (early != null) {
          early.add(bytes);
          return;
        }
        outbox.notification(bytes);
      }
    }

    /** Whoever subscribed knows the subscription's id by now. */
    private synchronized void answered() {
      if (early != null) {
        early.forEach(outbox::notification);
        early = null;
      }
    }

    @Override
    public void onClose(Runnable action) {
      synchronized (lock) {
        if (closing != null) {
          closing.add(action);
          return;
        }
      }
      action.run();
    }

    @Override
    public long deadlineNanos() {
      return deadline;
    }
  }
}
