package org.fondaco.api.projection;

import java.sql.SQLException;
import org.fondaco.engine.protocol.EngineEvent.Amended;
import org.fondaco.engine.protocol.EngineEvent.PreventedMatch;
import org.postgresql.copy.CopyManager;

/** Prevented matches and amendments since the last commit; rows that only ever appear. */
final class RemarkRows {
  private final CopyText prevented = new CopyText();
  private final CopyText amended = new CopyText();

  void prevented(PreventedMatch match, long time) {
    prevented
        .number(match.symbol())
        .number(match.preventedMatchId())
        .number(match.takerAccount())
        .number(match.makerAccount())
        .number(match.takerOrderId())
        .number(match.makerOrderId())
        .number(match.tradeGroupId())
        .name(match.mode())
        .number(match.price())
        .number(match.takerPreventedQuantity())
        .number(match.makerPreventedQuantity())
        .number(time)
        .end();
  }

  /**
   * An amendment.
   *
   * @param origQuantity base units before it
   */
  void amended(Amended amendment, long origQuantity, long time) {
    amended
        .number(amendment.symbol())
        .number(amendment.executionId())
        .number(amendment.orderId())
        .number(amendment.account())
        .string(amendment.origClientOrderId())
        .string(amendment.clientOrderId())
        .number(origQuantity)
        .number(amendment.newQuantity())
        .number(time)
        .end();
  }

  int rows() {
    return prevented.rows() + amended.rows();
  }

  void clear() {
    prevented.clear();
    amended.clear();
  }

  void send(CopyManager copies) throws SQLException {
    prevented.send(copies, "prevented_matches");
    amended.send(copies, "order_amendments");
  }
}
