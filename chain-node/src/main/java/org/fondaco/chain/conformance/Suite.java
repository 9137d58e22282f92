package org.fondaco.chain.conformance;

/** A collection of official vectors that runs and counts itself. */
public interface Suite {
  /** As the table and the exclusions call it. */
  String name();

  /** The zip that it reads, below the folder of vectors. */
  String zip();

  /** Runs every case and tells the listener of each. */
  void run(Vectors vectors, Listener listener);

  /** Hears of each case; {@code group} is its fork, or another word where forks do not matter. */
  interface Listener {
    /** Whether to run the case; false for one that is excluded, which is thereby counted. */
    boolean begin(String group, String test);

    void passed(String group, String test);

    void failed(String group, String test, String reason);
  }
}
