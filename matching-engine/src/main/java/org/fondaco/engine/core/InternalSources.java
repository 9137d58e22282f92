package org.fondaco.engine.core;

/** Ids of the sources that number their commands and that the engine treats apart. */
public final class InternalSources {

  /** The only one that may move the custody account of an asset. */
  public static final int CUSTODY = 1;

  private InternalSources() {}
}
