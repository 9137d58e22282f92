package org.fondaco.api.demo;

import static org.fondaco.db.schema.Tables.AUDIT_LOG;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.fondaco.api.audit.AuditLog;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.host.EngineGateway;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.RejectReason;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends the demo's commands to the engine exactly once: audited first, then numbered. After a crash
 * all are sent again; the engine answers those it has with their first outcome.
 */
final class DemoCommands {

  /** Id of the demo among the engine's internal sources. */
  static final int SOURCE = 1_000;

  private static final String ACTOR = "demo";
  private static final String ACTION = "venue.control";
  private static final long ANSWER_SECONDS_MAX = 30;

  private final DSLContext database;
  private final EngineGateway gateway;

  DemoCommands(DSLContext database, EngineGateway gateway) {
    this.database = database;
    this.gateway = gateway;
  }

  /**
   * Returns when the last command is executed.
   *
   * @throws IllegalStateException when the engine refuses one or does not answer
   */
  void send(List<Command> commands) throws InterruptedException {
    audit(commands);
    for (int i = 0; i < commands.size(); i++) {
      send(commands.get(i), i + 1);
    }
  }

  /** All rows or none: a row that is there tells that this was done before. */
  private void audit(List<Command> commands) {
    database.transaction(configuration -> {
      DSLContext transaction = configuration.dsl();
      boolean done =
          transaction.fetchExists(
              AUDIT_LOG, AUDIT_LOG.ACTOR.eq(ACTOR).and(AUDIT_LOG.ACTION.eq(ACTION)));
      if (!done) {
        JsonMapper json = JsonMapper.builder().build();
        for (int i = 0; i < commands.size(); i++) {
          Map<String, Object> detail =
              Map.of(
                  "source",
                  SOURCE,
                  "sourceSequence",
                  i + 1,
                  "command",
                  commands.get(i).getClass().getSimpleName(),
                  "arguments",
                  commands.get(i));
          AuditLog.append(
              transaction, ACTOR, ACTION, JSONB.valueOf(json.writeValueAsString(detail)));
        }
      }
    });
  }

  private void send(Command command, int sourceSequence) throws InterruptedException {
    try {
      CommandResult result =
          gateway
              .submitFromSource(command, SOURCE, sourceSequence)
              .get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
      if (result.reason() != RejectReason.NONE) {
        throw new IllegalStateException(
            "the engine refused the demo's command %d, %s: %s"
                .formatted(sourceSequence, command, result.reason()));
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the engine failed on the demo's " + command, e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("the engine does not answer the demo's " + command, e);
    }
  }
}
