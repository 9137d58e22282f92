package org.fondaco.api.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.host.EngineGateway;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.RejectReason;

/** Numbered commands as the engine treats them: the next applies, a repeat is answered again. */
final class SourceOnlyGateway implements EngineGateway {

  final List<Command> applied = new ArrayList<>();
  private int applicationsLeft = Integer.MAX_VALUE;

  /** From then on nobody answers, as when the process is killed. */
  void dieAfter(int applications) {
    applicationsLeft = applications;
  }

  @Override
  public CompletableFuture<CommandResult> submit(Command command, long digestHigh, long digestLow) {
    throw new AssertionError("not numbered: " + command);
  }

  @Override
  public CompletableFuture<CommandResult> submitFromSource(
      Command command, int source, long sourceSequence) {
    if (source != DemoCommands.SOURCE || sourceSequence > applied.size() + 1) {
      return CompletableFuture.completedFuture(result(RejectReason.SOURCE_GAP));
    }
    if (sourceSequence <= applied.size()) {
      boolean same = applied.get((int) sourceSequence - 1).equals(command);
      return CompletableFuture.completedFuture(
          result(same ? RejectReason.NONE : RejectReason.SOURCE_FROZEN));
    }
    if (applicationsLeft-- <= 0) {
      return CompletableFuture.failedFuture(new OutcomeUnknown("killed"));
    }
    applied.add(command);
    return CompletableFuture.completedFuture(result(RejectReason.NONE));
  }

  @Override
  public CompletableFuture<CommandResult> submitFromSource(
      Command command, int source, long sourceSequence, long idHigh, long idLow) {
    throw new AssertionError("not named: " + command);
  }

  private CommandResult result(RejectReason reason) {
    return new CommandResult(applied.size(), 0, reason, List.of());
  }
}
