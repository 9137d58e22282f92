package org.fondaco.custody.outbox;

import static org.fondaco.db.schema.Tables.CUSTODY_OUTBOX;

import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.db.schema.tables.records.CustodyOutboxRecord;
import org.jooq.DSLContext;

/** Commands as rows. */
final class OutboxRows {

  private OutboxRows() {}

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
