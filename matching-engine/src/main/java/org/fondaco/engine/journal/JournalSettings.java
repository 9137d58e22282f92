package org.fondaco.engine.journal;

/**
 * How a journal is laid out.
 *
 * @param segmentBytes length of a new segment, a multiple of 8, at most 1 GiB
 * @param inFlightBytes the most that may have been accepted and not yet be written; orders are
 *     refused while less than twice as much is allocated, everything while less than once as much
 * @param limitBytes orders are refused while the segments behind the newest snapshot are longer
 *     than this; all together may take about twice as much
 * @param schemaVersion version of the SBE schema, written to each frame
 * @param semanticsVersion behaviour version of the engine, written to each frame
 */
public record JournalSettings(
    int segmentBytes,
    long inFlightBytes,
    long limitBytes,
    int schemaVersion,
    int semanticsVersion) {

  public JournalSettings {
    if (segmentBytes < 4 * Frame.MAX_LENGTH || segmentBytes > 1 << 30 || (segmentBytes & 7) != 0) {
      throw new IllegalArgumentException("segmentBytes " + segmentBytes);
    }
    if (inFlightBytes < 0 || segmentBytes < 2 * inFlightBytes) {
      throw new IllegalArgumentException(
          "A segment of "
              + segmentBytes
              + " bytes is too short for "
              + inFlightBytes
              + " in flight");
    }
  }
}
