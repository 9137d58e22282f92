package org.fondaco.engine.host;

import java.util.List;

/**
 * What a start found and did.
 *
 * @param snapshotSequence of the snapshot that was loaded, 0 = none
 * @param lastSequence of the last command recovered
 * @param replayed commands applied after the snapshot
 * @param replayMillis time that took
 * @param journalEnd file and offset where the valid journal ended
 * @param discardedFrames valid frames behind it that were never acknowledged and were cut off
 * @param damagedSnapshots messages about snapshots that were passed over
 * @param quarantined sequences replayed as a Tick
 */
public record RecoveryReport(
    long snapshotSequence,
    long lastSequence,
    long replayed,
    long replayMillis,
    String journalEnd,
    int discardedFrames,
    List<String> damagedSnapshots,
    List<Long> quarantined) {}
