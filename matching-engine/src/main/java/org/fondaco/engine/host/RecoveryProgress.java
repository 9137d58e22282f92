package org.fondaco.engine.host;

/**
 * How far a replay is.
 *
 * @param sequence last command replayed
 * @param lastSequence last command there is
 */
public record RecoveryProgress(long sequence, long lastSequence) {}
