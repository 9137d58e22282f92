package org.fondaco.engine.simulation;

import java.util.List;
import org.fondaco.engine.naive.NaiveEngine;
import org.fondaco.engine.protocol.EngineEvent;

/** The naive engine as a subject. */
public final class NaiveSubject implements Subject {

  private final NaiveEngine engine = new NaiveEngine();

  @Override
  public List<EngineEvent> apply(Step step) {
    return engine.apply(engine.sequence() + 1, step.header(), step.command());
  }

  NaiveEngine engine() {
    return engine;
  }
}
