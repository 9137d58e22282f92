package org.fondaco.engine.simulation;

import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandHeader;

/** One command as it would lie in the journal. */
public record Step(CommandHeader header, Command command) {}
