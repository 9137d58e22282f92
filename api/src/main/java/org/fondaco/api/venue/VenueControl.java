package org.fondaco.api.venue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.fondaco.api.audit.AuditLog;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.host.EngineGateway;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.KillScope;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.Outcome;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.TransferLeg;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends administrators' commands to the engine exactly once, each after it is in the audit log.
 * Does not check who may: its callers do. Thread-safe; one command at a time, callers wait for the
 * engine's answer.
 */
public final class VenueControl {

  /** Id of this source of commands in the engine. */
  public static final int SOURCE = 4;

  private static final Logger LOG = LoggerFactory.getLogger(VenueControl.class);

  private final DSLContext database;
  private final VenueCommands commands;
  private final Relay relay;
  private final EngineGateway gateway;
  private final Queue<Kill> unaudited = new ArrayDeque<>();

  private VenueControl(DSLContext database, EngineGateway gateway) {
    this.database = database;
    this.gateway = gateway;
    this.commands = new VenueCommands(database);
    this.relay = new Relay(gateway, SOURCE);
  }

  private record Kill(String actor, KillScope scope, long account) {}

  /**
   * Sends again what was not answered before the last stop, and returns when all of it is.
   *
   * @throws IllegalStateException when the engine and the database disagree about what was sent
   */
  public static VenueControl start(DSLContext database, EngineGateway gateway) {
    VenueControl control = new VenueControl(database, gateway);
    for (VenueCommands.Numbered unanswered : control.commands.unanswered()) {
      control.send(unanswered);
    }
    return control;
  }

  /**
   * Records and sends a command of configuration: assets, symbols, filters, fees, status, reference
   * price, accounts, transfers.
   *
   * @param actor user name, or the part of the venue that acts by itself
   * @return NONE when it was applied, else why not
   * @throws DataAccessException when the database is down; then nothing was sent
   */
  public RejectReason execute(String actor, Command command) {
    return execute(actor, (VenueStep) _ -> command);
  }

  /**
   * As {@link #execute(String, Command)}, for a command that is decided in a transaction: what the
   * step writes is there if and only if the command is sent, across any crash.
   *
   * @throws RuntimeException what the step threw; then nothing was written or sent
   */
  public synchronized RejectReason execute(String actor, VenueStep step) {
    auditKills();
    return send(
        commands.record(
            actor,
            new VenueStep() {
              @Override
              public Command decide(DSLContext transaction) {
                Command command = step.decide(transaction);
                if (!isConfiguration(command)) {
                  throw new IllegalArgumentException("not a command of venue control: " + command);
                }
                return command;
              }

              @Override
              public void recorded(DSLContext transaction, long n) {
                step.recorded(transaction, n);
              }
            }));
  }

  /**
   * Sends a command that depends on how things are now: nobody else's command comes between what
   * the decision reads from the read model and the engine's answer, after which the read model has
   * it.
   *
   * @param decision the command, or empty when there is nothing to do; called once
   * @return as of {@link #execute}; NONE also when there was nothing to do
   */
  public synchronized RejectReason change(
      String actor, Supplier<? extends Optional<? extends Command>> decision) {
    Optional<? extends Command> command = decision.get();
    return command.isPresent() ? execute(actor, command.get()) : RejectReason.NONE;
  }

  /**
   * Gives an account test funds; their counterpart is the test funds account.
   *
   * @param amount ledger units, positive
   */
  public RejectReason creditTestFunds(String actor, long account, int asset, long amount) {
    return execute(actor, testFunds(account, asset, amount));
  }

  /**
   * The command that gives an account test funds or takes them away.
   *
   * @param amount ledger units, not zero; below zero takes away
   */
  public static Command testFunds(long account, int asset, long amount) {
    long from = amount > 0 ? SystemAccounts.TEST_FUNDS : account;
    long to = amount > 0 ? account : SystemAccounts.TEST_FUNDS;
    return new Command.TransferBatch(
        List.of(
            new TransferLeg(LegKind.TRANSFER, from, to, asset, Math.absExact(amount), 0, 0, 0)));
  }

  /**
   * Kills an account's or the venue's trading at once, without waiting for the database: it is
   * audited when the database can be reached.
   *
   * @param account 0 for the venue
   */
  public RejectReason kill(String actor, KillScope scope, long account) {
    CommandResult result = Relay.await(gateway.submit(new Command.Kill(scope, account)));
    synchronized (this) {
      unaudited.add(new Kill(actor, scope, account));
      try {
        auditKills();
      } catch (DataAccessException e) {
        LOG.warn("{} killed {} {}; to be audited when the database is back", actor, scope, account);
      }
    }
    return result.reason();
  }

  /**
   * Ends a kill.
   *
   * @param second another person than the actor, who agreed
   * @throws IllegalArgumentException when both are the same
   */
  public RejectReason liftKill(String actor, String second, KillScope scope, long account) {
    if (actor.equals(second)) {
      throw new IllegalArgumentException("lifting a kill needs two persons");
    }
    return execute(actor + " and " + second, new Command.LiftKill(scope, account));
  }

  private synchronized RejectReason send(VenueCommands.Numbered numbered) {
    EngineEvent.SourceOutcome outcome = relay.send(numbered.command(), numbered.n());
    switch (outcome.outcome()) {
      case APPLIED, REJECTED -> commands.answer(numbered.n(), outcome);
      case GAP, TOO_OLD, FROZEN ->
          throw new IllegalStateException(
              "engine and database disagree about venue command "
                  + numbered.n()
                  + ": "
                  + outcome.outcome());
    }
    return outcome.outcome() == Outcome.APPLIED ? RejectReason.NONE : outcome.reason();
  }

  private void auditKills() {
    for (Kill kill = unaudited.peek(); kill != null; kill = unaudited.peek()) {
      Kill present = kill;
      database.transaction(configuration ->
          AuditLog.append(
              configuration.dsl(),
              present.actor(),
              "venue.kill",
              JSONB.valueOf(
                  "{\"scope\":\"%s\",\"account\":%d}"
                      .formatted(present.scope(), present.account()))));
      unaudited.remove();
    }
  }

  private static boolean isConfiguration(Command command) {
    return switch (command) {
      case Command.AddAsset _,
          Command.AddSymbol _,
          Command.SetFilters _,
          Command.SetFees _,
          Command.SetStatus _,
          Command.SetReferencePrice _,
          Command.SetAccount _,
          Command.TransferBatch _,
          Command.LiftKill _ ->
          true;
      case Command.PlaceOrder _,
          Command.PlaceOrderList _,
          Command.CancelOrder _,
          Command.CancelAll _,
          Command.CancelReplace _,
          Command.AmendOrder _,
          Command.MoveOrder _,
          Command.CancelOrderList _,
          Command.Kill _,
          Command.Freeze _,
          Command.Unfreeze _,
          Command.Mark _,
          Command.AskSource _,
          Command.Tick _ ->
          false;
    };
  }
}
