package org.fondaco.engine.host;

import java.util.List;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.RejectReason;

/**
 * The whole event group of one command, durable and executed.
 *
 * @param sequence journal sequence
 * @param time engine time, microseconds since the Unix epoch
 * @param reason NONE when the command was accepted
 * @param events all events of the group, {@code CommandDone} last
 */
public record CommandResult(
    long sequence, long time, RejectReason reason, List<EngineEvent> events) {}
