package org.fondaco.api.limit;

/** The two clocks of limits: one that is right but may be set, one that only ever goes on. */
public interface LimitClock {

  /** The machine's. */
  LimitClock SYSTEM =
      new LimitClock() {
        @Override
        public long wallMillis() {
          return System.currentTimeMillis();
        }

        @Override
        public long elapsedMillis() {
          return System.nanoTime() / 1_000_000;
        }
      };

  /** Milliseconds since the Unix epoch; may step forwards and backwards. */
  long wallMillis();

  /** Milliseconds since some instant; never steps. */
  long elapsedMillis();
}
