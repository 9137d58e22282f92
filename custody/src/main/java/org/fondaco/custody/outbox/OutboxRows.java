package org.fondaco.custody.outbox;

import static org.fondaco.db.schema.Tables.CUSTODY_OUTBOX;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.db.schema.tables.records.CustodyOutboxRecord;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Commands as rows. */
final class OutboxRows {

  private static final String INSERT =
      """
      insert into custody_outbox (cmd_id, kind, account, to_account, asset, amount, fee, hold_id, cut_id,
        subject_kind, subject_id)
      select c.* from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}, {9}, {10}) as c
      on conflict (cmd_id) do nothing\
      """;

  private static final String NUMBER =
      """
      update custody_outbox o set n = {0} + f.place
      from unnest({1}) with ordinality as f(id, place)
      where o.id = f.id\
      """;

  private static final String ANSWER =
      """
      update custody_outbox o
      set outcome = a.outcome, reason = a.reason, result_hold = a.hold, engine_sequence = a.sequence, answered_at = {0}
      from unnest({1}, {2}, {3}, {4}, {5}) as a(id, outcome, reason, hold, sequence)
      where o.id = a.id\
      """;

  private OutboxRows() {}

  /** Writes commands in one statement; how many were new. */
  static int insert(DSLContext transaction, List<Outbox.Entry> entries) {
    List<CustodyOutboxRecord> rows = new ArrayList<>();
    for (Outbox.Entry entry : entries) {
      CustodyOutboxRecord row = of(transaction, entry.command());
      row.setCmdId(Outbox.commandId(entry.key()));
      row.setSubjectKind(entry.subject().kind().name());
      row.setSubjectId(entry.subject().id());
      rows.add(row);
    }
    return transaction.execute(
        INSERT,
        DSL.val(rows.stream().map(CustodyOutboxRecord::getCmdId).toArray(byte[][]::new)),
        DSL.val(rows.stream().map(CustodyOutboxRecord::getKind).toArray(String[]::new)),
        numbers(rows, CustodyOutboxRecord::getAccount),
        numbers(rows, CustodyOutboxRecord::getToAccount),
        DSL.val(
            rows.stream()
                .map(row -> row.getAsset() == null ? 0 : row.getAsset())
                .toArray(Integer[]::new)),
        numbers(rows, CustodyOutboxRecord::getAmount),
        numbers(rows, CustodyOutboxRecord::getFee),
        numbers(rows, CustodyOutboxRecord::getHoldId),
        numbers(rows, CustodyOutboxRecord::getCutId),
        DSL.val(rows.stream().map(CustodyOutboxRecord::getSubjectKind).toArray(String[]::new)),
        numbers(rows, CustodyOutboxRecord::getSubjectId));
  }

  /** Gives rows the numbers that follow the last one, in their order. */
  static void number(DSLContext transaction, List<Long> ids, long last) {
    int numbered = transaction.execute(NUMBER, DSL.val(last), DSL.val(ids.toArray(Long[]::new)));
    if (numbered != ids.size()) {
      throw new IllegalStateException("of " + ids.size() + " commands " + numbered + " are there");
    }
  }

  /** Writes what the engine answered to rows, in their order. */
  static void answered(
      DSLContext transaction,
      List<CustodyOutboxRecord> rows,
      List<Answer> answers,
      OffsetDateTime at) {
    int written =
        transaction.execute(
            ANSWER,
            DSL.val(at),
            DSL.val(rows.stream().map(CustodyOutboxRecord::getId).toArray(Long[]::new)),
            DSL.val(
                answers.stream()
                    .map(answer -> answer.applied() ? "APPLIED" : "REJECTED")
                    .toArray(String[]::new)),
            DSL.val(answers.stream().map(Answer::reason).toArray(String[]::new)),
            DSL.val(answers.stream().map(Answer::holdId).toArray(Long[]::new)),
            DSL.val(answers.stream().map(Answer::sequence).toArray(Long[]::new)));
    if (written != rows.size()) {
      throw new IllegalStateException("of " + rows.size() + " commands " + written + " are there");
    }
  }

  /** A column; what a command does not have is 0, as the table has it. */
  private static Field<Long[]> numbers(
      List<CustodyOutboxRecord> rows, Function<CustodyOutboxRecord, @Nullable Long> value) {
    return DSL.val(
        rows.stream()
            .map(row -> Objects.requireNonNullElse(value.apply(row), 0L))
            .toArray(Long[]::new));
  }

  static CustodyOutboxRecord of(DSLContext transaction, LedgerCommand command) {
    CustodyOutboxRecord row = transaction.newRecord(CUSTODY_OUTBOX);
    row.setKind(command.getClass().getSimpleName());
    switch (command) {
      case LedgerCommand.Credit c -> {
        row.setAccount(c.account());
        row.setAsset(c.asset());
        row.setAmount(c.amount());
      }
      case LedgerCommand.Reserve c -> {
        row.setAccount(c.account());
        row.setAsset(c.asset());
        row.setAmount(c.amount());
      }
      case LedgerCommand.Post c -> {
        row.setHoldId(c.holdId());
        row.setAsset(c.asset());
        row.setAmount(c.amount());
        row.setFee(c.fee());
      }
      case LedgerCommand.PostInside c -> {
        row.setHoldId(c.holdId());
        row.setAsset(c.asset());
        row.setAmount(c.amount());
        row.setFee(c.fee());
        row.setToAccount(c.toAccount());
      }
      case LedgerCommand.Void c -> row.setHoldId(c.holdId());
      case LedgerCommand.Freeze c -> row.setAccount(c.account());
      case LedgerCommand.Unfreeze c -> row.setAccount(c.account());
      case LedgerCommand.Expense c -> {
        row.setAsset(c.asset());
        row.setAmount(c.amount());
      }
      case LedgerCommand.Adjust c -> {
        row.setAccount(c.from());
        row.setToAccount(c.to());
        row.setAsset(c.asset());
        row.setAmount(c.amount());
      }
      case LedgerCommand.Mark c -> row.setCutId(c.cutId());
    }
    return row;
  }

  static LedgerCommand command(CustodyOutboxRecord row) {
    int asset = row.getAsset();
    long amount = row.getAmount();
    return switch (row.getKind()) {
      case "Credit" -> new LedgerCommand.Credit(row.getAccount(), asset, amount);
      case "Reserve" -> new LedgerCommand.Reserve(row.getAccount(), asset, amount);
      case "Post" -> new LedgerCommand.Post(row.getHoldId(), asset, amount, row.getFee());
      case "PostInside" ->
          new LedgerCommand.PostInside(
              row.getHoldId(), asset, amount, row.getFee(), row.getToAccount());
      case "Void" -> new LedgerCommand.Void(row.getHoldId());
      case "Freeze" -> new LedgerCommand.Freeze(row.getAccount());
      case "Unfreeze" -> new LedgerCommand.Unfreeze(row.getAccount());
      case "Expense" -> new LedgerCommand.Expense(asset, amount);
      case "Adjust" ->
          new LedgerCommand.Adjust(row.getAccount(), row.getToAccount(), asset, amount);
      case "Mark" -> new LedgerCommand.Mark(row.getCutId());
      default -> throw new IllegalStateException("outbox row of kind " + row.getKind());
    };
  }
}
