package org.fondaco.api.projection;

import static org.fondaco.db.schema.Tables.ORDER_AMENDMENTS;
import static org.fondaco.db.schema.Tables.PREVENTED_MATCHES;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.fondaco.db.schema.tables.records.PreventedMatchesRecord;
import org.fondaco.engine.readmodel.ReadModel;
import org.fondaco.engine.readmodel.ReadModel.AmendmentView;
import org.fondaco.engine.readmodel.ReadModel.PreventedMatchView;
import org.jooq.DSLContext;
import org.jooq.TableField;

/**
 * Prevented matches and amendments, the past and the present as one. As in {@link History} the read
 * model is asked first: it keeps both until the watermark has passed their group, so that what is
 * not there any more when it is asked is in the database when that is asked afterwards.
 */
public final class RemarkHistory {
  private final DSLContext jooq;
  private final ReadModel readModel;

  /** Any thread may use it. */
  public RemarkHistory(DSLContext jooq, ReadModel readModel) {
    this.jooq = jooq;
    this.readModel = readModel;
  }

  /**
   * A prevented match of which this account is a side.
   *
   * @throws HistoryUnavailable when it is not in the read model and the database cannot be reached
   */
  public Optional<PreventedMatchView> preventedMatch(
      long account, int symbol, long preventedMatchId) {
    Optional<PreventedMatchView> present =
        readModel.preventedMatches(account, symbol).stream()
            .filter(match -> match.preventedMatchId() == preventedMatchId)
            .findFirst();
    if (present.isPresent()) {
      return present;
    }
    return History.ask(() ->
        jooq.selectFrom(PREVENTED_MATCHES)
            .where(PREVENTED_MATCHES.SYMBOL_ID.eq(symbol))
            .and(PREVENTED_MATCHES.PREVENTED_MATCH_ID.eq(preventedMatchId))
            .and(
                PREVENTED_MATCHES
                    .TAKER_ACCOUNT
                    .eq(account)
                    .or(PREVENTED_MATCHES.MAKER_ACCOUNT.eq(account)))
            .fetchOptional(Rows::preventedMatch));
  }

  /**
   * Prevented matches of an order of this account, on whichever side it was, ascending by id.
   *
   * @param fromPreventedMatchId least id wanted; 0 = from the first
   * @param limit at least 1
   * @throws HistoryUnavailable when the database cannot be reached
   */
  public List<PreventedMatchView> preventedMatches(
      long account, int symbol, long orderId, long fromPreventedMatchId, int limit) {
    Stream<PreventedMatchView> present =
        readModel.preventedMatches(account, symbol).stream()
            .filter(match -> match.preventedMatchId() >= fromPreventedMatchId)
            .filter(match -> match.concerns(orderId));
    // Each side has its index; one condition over both would be answered by neither.
    List<PreventedMatchView> asTaker =
        side(
            PREVENTED_MATCHES.TAKER_ACCOUNT,
            PREVENTED_MATCHES.TAKER_ORDER_ID,
            account,
            symbol,
            orderId,
            fromPreventedMatchId,
            limit);
    List<PreventedMatchView> asMaker =
        side(
            PREVENTED_MATCHES.MAKER_ACCOUNT,
            PREVENTED_MATCHES.MAKER_ORDER_ID,
            account,
            symbol,
            orderId,
            fromPreventedMatchId,
            limit);
    return first(
        Stream.of(asTaker.stream(), asMaker.stream(), present).flatMap(matches -> matches),
        PreventedMatchView::preventedMatchId,
        limit);
  }

  private List<PreventedMatchView> side(
      TableField<PreventedMatchesRecord, Long> accountField,
      TableField<PreventedMatchesRecord, Long> orderField,
      long account,
      int symbol,
      long orderId,
      long from,
      int limit) {
    return History.ask(() ->
        jooq.selectFrom(PREVENTED_MATCHES)
            .where(accountField.eq(account))
            .and(orderField.eq(orderId))
            .and(PREVENTED_MATCHES.SYMBOL_ID.eq(symbol))
            .and(PREVENTED_MATCHES.PREVENTED_MATCH_ID.ge(from))
            .orderBy(PREVENTED_MATCHES.PREVENTED_MATCH_ID)
            .limit(limit)
            .fetch(Rows::preventedMatch));
  }

  /**
   * Amendments of an order of this account, ascending by execution id.
   *
   * @param fromExecutionId least id wanted; 0 = from the first
   * @param limit at least 1
   * @throws HistoryUnavailable when the database cannot be reached
   */
  public List<AmendmentView> amendments(
      long account, int symbol, long orderId, long fromExecutionId, int limit) {
    Stream<AmendmentView> present =
        readModel.amendments(account, symbol).stream()
            .filter(amendment -> amendment.orderId() == orderId)
            .filter(amendment -> amendment.executionId() >= fromExecutionId);
    List<AmendmentView> past =
        History.ask(() ->
            jooq.selectFrom(ORDER_AMENDMENTS)
                .where(ORDER_AMENDMENTS.ACCOUNT_ID.eq(account))
                .and(ORDER_AMENDMENTS.ORDER_ID.eq(orderId))
                .and(ORDER_AMENDMENTS.SYMBOL_ID.eq(symbol))
                .and(ORDER_AMENDMENTS.EXECUTION_ID.ge(fromExecutionId))
                .orderBy(ORDER_AMENDMENTS.EXECUTION_ID)
                .limit(limit)
                .fetch(Rows::amendment));
    return first(Stream.concat(past.stream(), present), AmendmentView::executionId, limit);
  }

  /** The first by id; what comes from both places is the same in both, as it never changes. */
  private static <T> List<T> first(Stream<T> entries, ToLongFunction<T> id, int limit) {
    TreeMap<Long, T> byId = new TreeMap<>();
    entries.forEach(entry -> byId.put(id.applyAsLong(entry), entry));
    return byId.values().stream().limit(limit).toList();
  }
}
