package org.fondaco.api.custody;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.ledger.LedgerConflict;
import org.fondaco.custody.ledger.LedgerPort;
import org.fondaco.custody.ledger.LedgerUnavailable;
import org.fondaco.engine.core.InternalSources;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.host.EngineGateway;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.TransferLeg;
import org.jspecify.annotations.Nullable;

/**
 * The engine as custody's ledger: source {@link InternalSources#CUSTODY}, each command named by the
 * first 16 bytes of its id. Never retries: the dispatcher does, with its own number and id.
 *
 * <p>A repeat has the stored outcome and hold, and the sequence of the repetition, which is not
 * before the first: waiting for it waits long enough.
 */
public final class EngineLedger implements LedgerPort {
  private static final int ID_BYTES = 32;
  private static final int DIGEST_BYTES = 16;

  private final EngineGateway gateway;

  public EngineLedger(EngineGateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public Answer send(long n, byte[] cmdId, LedgerCommand command) {
    if (cmdId.length != ID_BYTES) {
      throw new IllegalArgumentException("an id of " + cmdId.length + " bytes");
    }
    ByteBuffer id = ByteBuffer.wrap(cmdId);
    CommandResult result =
        await(
            gateway.submitFromSource(
                engineCommand(command),
                InternalSources.CUSTODY,
                n,
                id.getLong(0),
                id.getLong(Long.BYTES)));
    EngineEvent.SourceOutcome outcome = only(result, EngineEvent.SourceOutcome.class);
    return switch (outcome.outcome()) {
      case APPLIED -> new Answer(true, "", outcome.result(), result.sequence());
      case REJECTED -> new Answer(false, outcome.reason().name(), 0, result.sequence());
      case GAP -> throw new LedgerConflict("number " + n + " is beyond the engine's next");
      case TOO_OLD -> throw new LedgerConflict("the engine no longer knows number " + n);
      case FROZEN ->
          throw new LedgerConflict(
              "the engine knows number " + n + " under another id and hears custody no more");
    };
  }

  @Override
  public Position position() {
    EngineEvent.SourceState state =
        only(
            await(gateway.submit(new Command.AskSource(InternalSources.CUSTODY))),
            EngineEvent.SourceState.class);
    if (state.frozen()) {
      throw new LedgerConflict("the engine was sent two commands under one number of custody");
    }
    byte[] digest =
        state.lastN() == 0
            ? new byte[0]
            : ByteBuffer.allocate(DIGEST_BYTES)
                .putLong(state.digestHigh())
                .putLong(state.digestLow())
                .array();
    return new Position(state.lastN(), digest);
  }

  private static CommandResult await(CompletableFuture<CommandResult> answer) {
    try {
      return answer.join();
    } catch (CompletionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof EngineGateway.Busy
          || cause instanceof EngineGateway.Stopping
          || cause instanceof EngineGateway.OutcomeUnknown) {
        throw new LedgerUnavailable("the engine gave no answer: " + cause.getMessage(), cause);
      }
      throw failed;
    }
  }

  private static <T extends EngineEvent> T only(CommandResult result, Class<T> kind) {
    for (EngineEvent event : result.events()) {
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
    throw new IllegalStateException("the engine did not answer with " + kind + ": " + result);
  }

  /** Posts that pay a fee and expenses go as docs/adr/0040 says. */
  static Command engineCommand(LedgerCommand command) {
    return switch (command) {
      case LedgerCommand.Credit c ->
          batch(transfer(SystemAccounts.CUSTODY, c.account(), c.asset(), c.amount()));
      case LedgerCommand.Reserve c ->
          batch(new TransferLeg(LegKind.RESERVE, c.account(), 0, c.asset(), c.amount(), 0, 0, 0));
      case LedgerCommand.Post c -> post(c.holdId(), c.asset(), c.amount(), c.fee(), null);
      case LedgerCommand.PostInside c ->
          post(
              c.holdId(),
              c.asset(),
              c.amount(),
              c.fee(),
              transfer(SystemAccounts.CUSTODY, c.toAccount(), c.asset(), c.amount()));
      case LedgerCommand.Void c ->
          batch(new TransferLeg(LegKind.VOID, 0, 0, 0, 0, c.holdId(), 0, 0));
      case LedgerCommand.Freeze c -> new Command.Freeze(c.account());
      case LedgerCommand.Unfreeze c -> new Command.Unfreeze(c.account());
      case LedgerCommand.Expense c ->
          batch(transfer(SystemAccounts.HOUSE, SystemAccounts.CUSTODY, c.asset(), c.amount()));
      case LedgerCommand.Adjust c -> batch(transfer(c.from(), c.to(), c.asset(), c.amount()));
      case LedgerCommand.Mark c -> new Command.Mark(c.cutId());
    };
  }

  private static Command post(
      long holdId, int asset, long amount, long fee, @Nullable TransferLeg inside) {
    List<TransferLeg> legs = new ArrayList<>();
    legs.add(
        new TransferLeg(
            LegKind.POST,
            0,
            SystemAccounts.CUSTODY,
            asset,
            Math.addExact(amount, fee),
            holdId,
            0,
            0));
    if (inside != null) {
      legs.add(inside);
    }
    if (fee > 0) {
      legs.add(transfer(SystemAccounts.CUSTODY, SystemAccounts.HOUSE, asset, fee));
    }
    return new Command.TransferBatch(legs);
  }

  private static TransferLeg transfer(long from, long to, int asset, long amount) {
    return new TransferLeg(LegKind.TRANSFER, from, to, asset, amount, 0, 0, 0);
  }

  private static Command batch(TransferLeg leg) {
    return new Command.TransferBatch(List.of(leg));
  }
}
