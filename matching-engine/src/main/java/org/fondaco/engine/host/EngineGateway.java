package org.fondaco.engine.host;

import java.util.concurrent.CompletableFuture;
import org.fondaco.engine.protocol.Command;

/** The way in. Thread-safe. */
public interface EngineGateway {

  /**
   * Stamps the command, claims an ingress slot and returns at once. The future completes on the
   * output thread, after the command is on disk, executed, and visible in the read model; do not
   * block in dependants of it.
   *
   * <p>The future fails with {@link Busy} (certainly not executed: the ring is nearly full, or the
   * journal cannot allocate), {@link Stopping} (certainly not executed), or {@link OutcomeUnknown}.
   *
   * @param digest 16-byte digest of the signed request as two longs, both 0 = no duplicate check
   */
  CompletableFuture<CommandResult> submit(Command command, long digestHigh, long digestLow);

  /** As {@link #submit(Command, long, long)} without duplicate check. */
  default CompletableFuture<CommandResult> submit(Command command) {
    return submit(command, 0, 0);
  }

  /**
   * Submits the n-th command of an internal source (exactly once from outside).
   *
   * @param source positive id of the source
   * @param sourceSequence n, one more than the last; a repeat is answered with the first outcome
   */
  CompletableFuture<CommandResult> submitFromSource(
      Command command, int source, long sourceSequence);

  /**
   * As {@link #submitFromSource(Command, int, long)} for a source that names its commands: a repeat
   * is the same number under the same id, whatever the payload.
   *
   * @param idHigh with idLow the source's own id of the command, 16 bytes that are not all 0
   */
  CompletableFuture<CommandResult> submitFromSource(
      Command command, int source, long sourceSequence, long idHigh, long idLow);

  /** The venue is overloaded; the command was certainly not executed (-1008). */
  final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Busy(String message) {
      super(message, null, false, false);
    }
  }

  /** The venue is stopping; the command was certainly not executed (-1016). */
  final class Stopping extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Stopping() {
      super("stopping", null, false, false);
    }
  }

  /** No answer in time, or the engine halted; the command may or may not be executed (-1007). */
  final class OutcomeUnknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(String message) {
      super(message, null, false, false);
    }
  }
}
