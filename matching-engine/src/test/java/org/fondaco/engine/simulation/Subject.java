package org.fondaco.engine.simulation;

import java.util.List;
import org.fondaco.engine.protocol.EngineEvent;

/** An engine that can be asked step by step. */
public interface Subject {

  /** Applies the step with the next sequence and returns its whole group of events. */
  List<EngineEvent> apply(Step step);
}
