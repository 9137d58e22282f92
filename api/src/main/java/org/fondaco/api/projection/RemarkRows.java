package org.fondaco.api.projection;

import java.sql.SQLException;
import org.fondaco.engine.protocol.EngineEvent.Amended;
import org.fondaco.engine.protocol.EngineEvent.PreventedMatch;
import org.postgresql.copy.CopyManager;

/** Prevented matches and amendments since the last commit; rows that only ever appear. */
final class RemarkRows {
  private final CopyRows prevented = new CopyRows(12);
  private final CopyRows amended = new CopyRows(9);

  void prevented(PreventedMatch match, long time) {
    prevented
        .integer(match.symbol())
        .bigint(match.preventedMatchId())
        .bigint(match.takerAccount())
        .bigint(match.makerAccount())
        .bigint(match.takerOrderId())
        .bigint(match.makerOrderId())
        .bigint(match.tradeGroupId())
        .name(match.mode())
        .bigint(match.price())
        .bigint(match.takerPreventedQuantity())
        .bigint(match.makerPreventedQuantity())
        .bigint(time)
        .end();
  }

  /**
   * An amendment.
   *
   * @param origQuantity base units before it
   */
  void amended(Amended amendment, long origQuantity, long time) {
    amended
        .integer(amendment.symbol())
        .bigint(amendment.executionId())
        .bigint(amendment.orderId())
        .bigint(amendment.account())
        .text(amendment.origClientOrderId())
        .text(amendment.clientOrderId())
        .bigint(origQuantity)
        .bigint(amendment.newQuantity())
        .bigint(time)
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
