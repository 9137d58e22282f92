package org.fondaco.custody.scan;

/** What a chain says cannot be squared with what is recorded of it; a person has to look. */
public final class ChainContradiction extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ChainContradiction(String message) {
    super(message);
  }
}
