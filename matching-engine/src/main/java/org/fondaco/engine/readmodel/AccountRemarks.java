package org.fondaco.engine.readmodel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.sbe.AmendedDecoder;
import org.fondaco.engine.sbe.PreventedMatchDecoder;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an account's orders besides fills: prevented matches and amendments, in the
 * order of the engine. Guarded by the lock of its account's {@link AccountShard}.
 */
final class AccountRemarks {

  private @Nullable ArrayDeque<ReadModel.PreventedMatchView> prevented;
  private @Nullable ArrayDeque<ReadModel.AmendmentView> amended;

  void add(ReadModel.PreventedMatchView match) {
    if (prevented == null) {
      prevented = new ArrayDeque<>();
    }
    prevented.add(match);
  }

  void add(ReadModel.AmendmentView amendment) {
    if (amended == null) {
      amended = new ArrayDeque<>();
    }
    amended.add(amendment);
  }

  static ReadModel.PreventedMatchView view(PreventedMatchDecoder match, long time) {
    return new ReadModel.PreventedMatchView(
        match.symbol(),
        match.preventedMatchId(),
        match.takerOrderId(),
        match.makerOrderId(),
        match.tradeGroupId(),
        SelfTradePreventionMode.of(match.mode()),
        match.price(),
        match.takerPreventedQuantity(),
        match.makerPreventedQuantity(),
        time);
  }

  /** Must be built before the order is changed. */
  static ReadModel.AmendmentView view(
      AmendedDecoder amended, LiveOrder order, String newClientOrderId, long time) {
    return new ReadModel.AmendmentView(
        order.symbol,
        order.orderId,
        amended.executionId(),
        order.clientOrderId(),
        newClientOrderId,
        order.quantity(),
        amended.newQuantity(),
        time);
  }

  /** The venue forgets oldest first, so it is always the account's oldest of its kind that goes. */
  void forget(Retention.Remark remark) {
    ArrayDeque<?> kind = remark.prevented() ? prevented : amended;
    if (kind == null) {
      throw new IllegalStateException("account " + remark.account() + " has no " + remark);
    }
    kind.remove();
  }

  List<ReadModel.PreventedMatchView> preventedMatches(int symbol) {
    List<ReadModel.PreventedMatchView> views = new ArrayList<>();
    if (prevented != null) {
      for (ReadModel.PreventedMatchView match : prevented) {
        if (match.symbol() == symbol) {
          views.add(match);
        }
      }
    }
    return views;
  }

  List<ReadModel.AmendmentView> amendments(int symbol) {
    List<ReadModel.AmendmentView> views = new ArrayList<>();
    if (amended != null) {
      for (ReadModel.AmendmentView amendment : amended) {
        if (amendment.symbol() == symbol) {
          views.add(amendment);
        }
      }
    }
    return views;
  }
}
