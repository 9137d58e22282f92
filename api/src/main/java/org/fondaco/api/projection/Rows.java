package org.fondaco.api.projection;

import java.util.List;
import org.fondaco.db.schema.tables.records.OrderAmendmentsRecord;
import org.fondaco.db.schema.tables.records.OrderListsRecord;
import org.fondaco.db.schema.tables.records.OrdersRecord;
import org.fondaco.db.schema.tables.records.PreventedMatchesRecord;
import org.fondaco.db.schema.tables.records.TradesRecord;
import org.fondaco.engine.protocol.ContingencyType;
import org.fondaco.engine.protocol.ExpiryReason;
import org.fondaco.engine.protocol.ListOrderStatus;
import org.fondaco.engine.protocol.ListStatusType;
import org.fondaco.engine.protocol.OrderSpec;
import org.fondaco.engine.protocol.OrderStatus;
import org.fondaco.engine.protocol.OrderType;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.protocol.TimeInForce;
import org.fondaco.engine.readmodel.ListView;
import org.fondaco.engine.readmodel.OrderView;
import org.fondaco.engine.readmodel.ReadModel.AmendmentView;
import org.fondaco.engine.readmodel.ReadModel.FillView;
import org.fondaco.engine.readmodel.ReadModel.PreventedMatchView;
import org.fondaco.engine.readmodel.ReadModel.TradeView;

/** Rows read back in the words of the read model. */
final class Rows {
  private Rows() {}

  static OrderView order(OrdersRecord row) {
    Long strategyId = row.getStrategyId();
    Integer strategyType = row.getStrategyType();
    OrderSpec spec =
        new OrderSpec(
            Side.valueOf(row.getSide()),
            OrderType.valueOf(row.getType()),
            TimeInForce.valueOf(row.getTimeInForce()),
            SelfTradePreventionMode.valueOf(row.getSelfTradePreventionMode()),
            row.getTrailingDelta(),
            row.getQuantity(),
            row.getQuoteOrderQuantity(),
            row.getPrice(),
            row.getStopPrice(),
            row.getIcebergQuantity(),
            strategyId == null ? Long.MIN_VALUE : strategyId,
            strategyType == null ? 0 : strategyType,
            row.getClientOrderId());
    return new OrderView(
        row.getAccountId(),
        row.getSymbolId(),
        row.getOrderId(),
        row.getOrderListId(),
        spec,
        OrderStatus.valueOf(row.getStatus()),
        row.getWorking(),
        row.getExecutedQuantity(),
        row.getExecutedQuote(),
        row.getPreventedQuantity(),
        row.getPreventedMatchId(),
        ExpiryReason.valueOf(row.getExpiryReason()),
        row.getAcceptedTime(),
        row.getUpdateTime(),
        row.getWorkingTime(),
        row.getTrailingTime());
  }

  static FillView fill(TradesRecord row) {
    return new FillView(
        row.getSymbolId(),
        row.getTradeId(),
        row.getOrderId(),
        row.getOrderListId(),
        row.getPrice(),
        row.getQuantity(),
        row.getQuoteQuantity(),
        row.getFee(),
        row.getFeeAsset(),
        row.getTime(),
        row.getBuyer(),
        row.getMaker());
  }

  /** The public side of a taker's row. */
  static TradeView trade(TradesRecord row) {
    return new TradeView(
        row.getTradeId(),
        row.getPrice(),
        row.getQuantity(),
        row.getQuoteQuantity(),
        row.getTime(),
        !row.getBuyer());
  }

  static ListView list(OrderListsRecord row) {
    return new ListView(
        row.getAccountId(),
        row.getSymbolId(),
        row.getOrderListId(),
        ContingencyType.valueOf(row.getContingencyType()),
        ListStatusType.valueOf(row.getListStatusType()),
        ListOrderStatus.valueOf(row.getListOrderStatus()),
        row.getListClientOrderId(),
        row.getAcceptedTime(),
        legs(row.getOrder1(), row.getOrder2(), row.getOrder3()));
  }

  static PreventedMatchView preventedMatch(PreventedMatchesRecord row) {
    return new PreventedMatchView(
        row.getSymbolId(),
        row.getPreventedMatchId(),
        row.getTakerOrderId(),
        row.getMakerOrderId(),
        row.getTradeGroupId(),
        SelfTradePreventionMode.valueOf(row.getSelfTradePreventionMode()),
        row.getPrice(),
        row.getTakerPreventedQuantity(),
        row.getMakerPreventedQuantity(),
        row.getTime());
  }

  static AmendmentView amendment(OrderAmendmentsRecord row) {
    return new AmendmentView(
        row.getSymbolId(),
        row.getOrderId(),
        row.getExecutionId(),
        row.getOrigClientOrderId(),
        row.getNewClientOrderId(),
        row.getOrigQuantity(),
        row.getNewQuantity(),
        row.getTime());
  }

  /** Order ids in leg order; the third is 0 when there are two. */
  static List<Long> legs(long order1, long order2, long order3) {
    return order3 == 0 ? List.of(order1, order2) : List.of(order1, order2, order3);
  }
}
