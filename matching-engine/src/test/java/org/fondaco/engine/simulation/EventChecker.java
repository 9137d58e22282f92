package org.fondaco.engine.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.ExpiryReason;

/** Reads events as any follower would and insists that no id is missing. */
final class EventChecker {

  private final Map<String, Long> next = new HashMap<>();

  void check(List<EngineEvent> events) {
    for (EngineEvent event : events) {
      switch (event) {
        case EngineEvent.OrderAccepted e -> {
          follow("order", 1, e.orderId());
          execution(e.symbol(), e.executionId());
        }
        case EngineEvent.Triggered e -> execution(e.symbol(), e.executionId());
        case EngineEvent.Activated e -> execution(e.symbol(), e.executionId());
        case EngineEvent.Amended e -> execution(e.symbol(), e.executionId());
        case EngineEvent.Moved e -> execution(e.symbol(), e.executionId());
        case EngineEvent.Canceled e -> execution(e.symbol(), e.executionId());
        case EngineEvent.Expired e -> {
          if (e.reason() != ExpiryReason.SELF_TRADE_PREVENTION) {
            execution(e.symbol(), e.executionId());
          }
        }
        case EngineEvent.Trade e -> {
          follow("trade of " + e.symbol(), 0, e.tradeId());
          execution(e.symbol(), e.takerExecutionId());
          execution(e.symbol(), e.makerExecutionId());
        }
        case EngineEvent.PreventedMatch e -> {
          follow("prevented match of " + e.symbol(), 0, e.preventedMatchId());
          if (e.takerExecutionId() != 0) {
            execution(e.symbol(), e.takerExecutionId());
          }
          if (e.makerExecutionId() != 0) {
            execution(e.symbol(), e.makerExecutionId());
          }
        }
        case EngineEvent.HoldOpened e -> follow("hold", 1, e.holdId());
        case EngineEvent.LevelChanged e -> follow("update of " + e.symbol(), 1, e.updateId());
        case EngineEvent.CommandDone e -> follow("sequence", 1, e.sequence());
        default -> {}
      }
    }
    if (!(events.getLast() instanceof EngineEvent.CommandDone)) {
      throw new IllegalStateException("group ends with " + events.getLast());
    }
  }

  private void execution(int symbol, long id) {
    follow("execution of " + symbol, 1, id);
  }

  private void follow(String what, long first, long id) {
    long expected = next.getOrDefault(what, first);
    if (id != expected) {
      throw new IllegalStateException(what + " " + id + " instead of " + expected);
    }
    next.put(what, id + 1);
  }
}
