package org.fondaco.api.trading;

import java.util.Optional;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.error.Rejections;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;

/** Refusals in a command's group. */
final class Outcomes {

  private Outcomes() {}

  /** Why the command was refused, empty when it was not. */
  static Optional<ApiError> refusal(CommandResult result, RejectStage stage) {
    if (result.reason() == RejectReason.NONE) {
      return Optional.empty();
    }
    for (EngineEvent event : result.events()) {
      if (event instanceof EngineEvent.Rejected rejected) {
        return Optional.of(Rejections.of(rejected.stage(), rejected.reason()));
      }
    }
    return Optional.of(Rejections.of(stage, result.reason()));
  }

  /** Why this part of the command was refused, empty when it was not. */
  static Optional<ApiError> refusedPart(CommandResult result, RejectStage stage) {
    for (EngineEvent event : result.events()) {
      if (event instanceof EngineEvent.Rejected rejected && rejected.stage() == stage) {
        return Optional.of(Rejections.of(stage, rejected.reason()));
      }
    }
    return Optional.empty();
  }
}
