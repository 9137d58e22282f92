package org.fondaco.custody.command;

/** A command cannot do what it was asked; the message is for the operator, the exit code 1. */
final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  CommandFailed(String message) {
    super(message);
  }
}
