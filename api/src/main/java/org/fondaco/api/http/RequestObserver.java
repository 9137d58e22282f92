package org.fondaco.api.http;

import org.jspecify.annotations.Nullable;

/** Hears of every request that was answered, whatever transport it came by; must not block. */
@FunctionalInterface
public interface RequestObserver {

  /**
   * @param endpoint null when it was refused before it belonged to any
   * @param status HTTP status, also of answers over WebSockets
   * @param nanos from its being read to its being answered
   */
  void served(@Nullable Endpoint endpoint, int status, long nanos);
}
