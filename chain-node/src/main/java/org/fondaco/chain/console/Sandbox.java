package org.fondaco.chain.console;

import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;

/** Contexts whose scripts see no Java, end on an interrupt, and cannot recurse for ever. */
final class Sandbox extends ContextFactory {
  private static final int INSTRUCTIONS_BETWEEN_LOOKS = 10_000;
  private static final int FRAMES_MAX = 5_000;

  @Override
  protected Context makeContext() {
    Context cx = super.makeContext();
    cx.setLanguageVersion(Context.VERSION_ES6);
    // Compiled scripts are classes, which look at no interrupt and have no bound on their depth.
    cx.setInterpretedMode(true);
    cx.setInstructionObserverThreshold(INSTRUCTIONS_BETWEEN_LOOKS);
    cx.setMaximumInterpreterStackDepth(FRAMES_MAX);
    cx.setClassShutter(name -> false);
    return cx;
  }

  @Override
  protected boolean hasFeature(Context cx, int feature) {
    return switch (feature) {
      // Catching Java's errors would let a script survive Ctrl-C.
      case Context.FEATURE_ENHANCED_JAVA_ACCESS, Context.FEATURE_E4X -> false;
      default -> super.hasFeature(cx, feature);
    };
  }

  @Override
  protected void observeInstructionCount(Context cx, int instructionCount) {
    if (Thread.interrupted()) {
      throw new Interruption();
    }
  }
}
