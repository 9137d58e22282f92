package org.fondaco.chain.seal;

/** An engine whose seals cost work, on as many threads as its user wants. Safe for any thread. */
public interface ProofOfWork extends SealEngine, AutoCloseable {
  /**
   * How many threads the next {@link #seal} works on.
   *
   * @param threads from 1; 0 for all processors
   */
  void setThreads(int threads);

  /** Hashes a second over the last seconds; 0 when none were tried. */
  long hashRate();

  /** Progress of what must be made before the first hash, 0 to 100; 100 when there is nothing. */
  int datasetPercent();

  /** Ends what runs in the background. */
  @Override
  void close();
}
