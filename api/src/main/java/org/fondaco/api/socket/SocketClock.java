package org.fondaco.api.socket;

/** What the time is; tests turn their own. */
interface SocketClock {
  SocketClock SYSTEM =
      new SocketClock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long millis() {
          return System.currentTimeMillis();
        }
      };

  /** Of no particular origin, never back. */
  long nanos();

  /** Since the Unix epoch. */
  long millis();
}
