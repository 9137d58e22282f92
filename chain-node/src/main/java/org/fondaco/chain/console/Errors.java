package org.fondaco.chain.console;

import org.mozilla.javascript.JavaScriptException;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.ScriptStackElement;
import org.mozilla.javascript.ScriptableObject;

/** Errors as the console shows them: the message, and where in the user's own scripts. */
final class Errors {
  /** Begins the names of our own scripts, which no user wants to see in a stack. */
  static final String BINDINGS = "fondaco:";

  private static final int FRAMES_MAX = 8;

  private Errors() {}

  static String show(Throwable error) {
    return switch (error) {
      case Interruption _ -> "Error: interrupted";
      case StackOverflowError _ -> "RangeError: maximum call stack size exceeded";
      case RhinoException rhino -> message(rhino) + frames(rhino);
      default -> "Error: " + error.getMessage();
    };
  }

  private static String message(RhinoException error) {
    if (error instanceof JavaScriptException thrown) {
      return thrown.getValue() instanceof ScriptableObject object
          ? text(object)
          : String.valueOf(thrown.getValue());
    }
    // What the parser finds has no name of its own.
    String details = error.details();
    return details.matches("[A-Z][A-Za-z]*Error: .*") ? details : "SyntaxError: " + details;
  }

  private static String text(ScriptableObject error) {
    Object name = ScriptableObject.getProperty(error, "name");
    Object message = ScriptableObject.getProperty(error, "message");
    if (message instanceof CharSequence && name instanceof CharSequence) {
      return name + ": " + message;
    }
    return "Error: " + error.getClassName();
  }

  private static String frames(RhinoException error) {
    StringBuilder frames = new StringBuilder();
    int count = 0;
    for (ScriptStackElement element : error.getScriptStack()) {
      if (element.fileName == null || element.fileName.startsWith(BINDINGS)) {
        continue;
      }
      if (++count > FRAMES_MAX) {
        break;
      }
      frames.append("\n\tat ");
      if (element.functionName != null) {
        frames.append(element.functionName).append(" (");
      }
      frames.append(element.fileName).append(':').append(element.lineNumber);
      if (element.functionName != null) {
        frames.append(')');
      }
    }
    return frames.toString();
  }
}
