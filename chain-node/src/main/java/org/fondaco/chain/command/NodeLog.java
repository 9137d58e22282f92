package org.fondaco.chain.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log of a node that runs alone: one line an event on standard error, as geth writes it. */
final class NodeLog {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd|HH:mm:ss.SSS", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  /** Held, or the levels set below would go with the loggers. */
  private static final Logger ROOT = Logger.getLogger("");

  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");
  private static final Logger OWN = Logger.getLogger("org.fondaco");

  private NodeLog() {}

  /**
   * Sends everything that is logged to standard error.
   *
   * @param verbosity geth's: 0 silent, 1 errors, 2 warnings, 3 information, 4 debug, 5 all
   */
  static void install(int verbosity) {
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    Handler handler = new ConsoleHandler();
    handler.setFormatter(new Line());
    handler.setLevel(Level.ALL);
    ROOT.addHandler(handler);
    ROOT.setLevel(verbosity == 0 ? Level.OFF : Level.WARNING);
    JETTY.setLevel(Level.WARNING);
    OWN.setLevel(
        switch (verbosity) {
          case 0 -> Level.OFF;
          case 1 -> Level.SEVERE;
          case 2 -> Level.WARNING;
          case 3 -> Level.INFO;
          case 4 -> Level.FINE;
          default -> Level.ALL;
        });
  }

  private static final class Line extends Formatter {
    @Override
    public String format(LogRecord event) {
      StringWriter line = new StringWriter();
      line.append(word(event.getLevel()))
          .append(" [")
          .append(TIME.format(event.getInstant()))
          .append("] ")
          .append(formatMessage(event))
          .append('\n');
      if (event.getThrown() != null) {
        event.getThrown().printStackTrace(new PrintWriter(line, true));
      }
      return line.toString();
    }

    private static String word(Level level) {
      if (level.intValue() >= Level.SEVERE.intValue()) {
        return "ERROR";
      }
      if (level.intValue() >= Level.WARNING.intValue()) {
        return "WARN ";
      }
      return level.intValue() >= Level.INFO.intValue() ? "INFO " : "DEBUG";
    }
  }
}
