package org.fondaco.api.http;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The name of a request in the logs and in its answer: the client's own when it is well-formed,
 * else a random one. It crosses threads as an attribute of the request, and as a value that whoever
 * goes asynchronous takes along; it is bound to a thread only for the time of a call.
 */
public final class RequestId {
  /** Header of requests and answers. */
  public static final String HEADER = "X-Request-Id";

  /** Key under which log lines have it. */
  public static final String LOGGED_AS = "requestId";

  private static final String ATTRIBUTE = "org.fondaco.api.http.requestId";
  private static final int LENGTH_MAX = 64;
  private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

  private RequestId() {}

  /** Names a request that has just come, once. */
  public static String assign(Request request) {
    String sent = request.getHeaders().get(HEADER);
    String id = sent != null && wellFormed(sent) ? sent : random();
    request.setAttribute(ATTRIBUTE, id);
    return id;
  }

  /** The name of the request, or null when it was never assigned one. */
  public static @Nullable String of(Request request) {
    return (String) request.getAttribute(ATTRIBUTE);
  }

  /** The name of the request that this thread is serving. */
  static @Nullable String current() {
    return CURRENT.get();
  }

  /** Calls with the request's name bound to the thread. */
  static <T> T with(@Nullable String id, Supplier<T> call) {
    CURRENT.set(id);
    try {
      return call.get();
    } finally {
      CURRENT.remove();
    }
  }

  /** Letters, digits, dot, underscore and hyphen: nothing that could forge a line of a log. */
  static boolean wellFormed(String id) {
    if (id.isEmpty() || id.length() > LENGTH_MAX) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '.'
              || c == '_'
              || c == '-';
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  private static String random() {
    return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
  }
}
