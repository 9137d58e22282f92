package org.fondaco.api.feed;

import java.util.List;
import org.fondaco.engine.protocol.EngineEvent;

/**
 * All events of one command, durable and visible to readers.
 *
 * @param sequence journal sequence of the command
 * @param time engine time, microseconds since the Unix epoch
 * @param events in the order of the engine, {@code CommandDone} last
 */
public record Group(long sequence, long time, List<EngineEvent> events) {}
