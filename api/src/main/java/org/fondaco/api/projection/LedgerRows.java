package org.fondaco.api.projection;

import java.sql.SQLException;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.protocol.EngineEvent.Trade;
import org.fondaco.engine.protocol.EngineEvent.TransferPosted;
import org.fondaco.engine.protocol.Side;
import org.postgresql.copy.CopyManager;

/** Ledger entries since the last commit, numbered within their command. */
final class LedgerRows {
  private final CopyRows rows = new CopyRows(12);
  private long sequence;
  private long time;
  private int entry;

  /** Entries that follow are of this command. */
  void command(long newSequence, long newTime) {
    sequence = newSequence;
    time = newTime;
    entry = 0;
  }

  void trade(Trade trade, int baseAsset, int quoteAsset) {
    boolean takerBuys = trade.takerSide() == Side.BUY;
    long buyer = takerBuys ? trade.takerAccount() : trade.makerAccount();
    long seller = takerBuys ? trade.makerAccount() : trade.takerAccount();
    entry("TRADE", seller, buyer, baseAsset, trade.quantity(), trade);
    entry("TRADE", buyer, seller, quoteAsset, trade.quoteQuantity(), trade);
    int takerFeeAsset = takerBuys ? baseAsset : quoteAsset;
    int makerFeeAsset = takerBuys ? quoteAsset : baseAsset;
    entry("FEE", trade.takerAccount(), SystemAccounts.FEES, takerFeeAsset, trade.takerFee(), trade);
    entry("FEE", trade.makerAccount(), SystemAccounts.FEES, makerFeeAsset, trade.makerFee(), trade);
  }

  private void entry(String kind, long debit, long credit, int asset, long amount, Trade trade) {
    if (amount == 0) {
      return;
    }
    rows.bigint(sequence)
        .integer(entry++)
        .bigint(time)
        .text(kind)
        .bigint(debit)
        .bigint(credit)
        .integer(asset)
        .bigint(amount)
        .integer(trade.symbol())
        .bigint(trade.tradeId())
        .nothing()
        .nothing()
        .end();
  }

  /** Only legs that move something are entries; a reservation changes what is held, not what is. */
  void transfer(TransferPosted leg) {
    boolean moves =
        switch (leg.kind()) {
          case TRANSFER, POST, MOVE_TOKEN -> true;
          case RESERVE, VOID, HOLD_TOKEN -> false;
        };
    if (!moves) {
      return;
    }
    rows.bigint(sequence)
        .integer(entry++)
        .bigint(time)
        .name(leg.kind())
        .bigint(leg.from())
        .bigint(leg.to())
        .integer(leg.asset())
        .bigint(leg.amount())
        .nothing()
        .nothing()
        .bigintUnless(0, leg.holdId())
        .bigintUnless(0, leg.token())
        .end();
  }

  int rows() {
    return rows.rows();
  }

  void clear() {
    rows.clear();
  }

  void send(CopyManager copies) throws SQLException {
    rows.send(copies, "ledger_entries");
  }
}
