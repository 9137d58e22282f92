package org.fondaco.custody.payout;

import static org.fondaco.db.schema.Tables.CUSTODY_ANCHORS;
import static org.fondaco.db.schema.Tables.CUSTODY_ATTEMPTS;
import static org.fondaco.db.schema.Tables.CUSTODY_GROUPS;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import org.fondaco.custody.audit.AuditPort;
import org.fondaco.custody.breaks.Breaks;
import org.fondaco.custody.breaks.Halts;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainBlock;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.chain.EvmNode;
import org.fondaco.custody.chain.NodeUnavailable;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.custody.ledger.Answer;
import org.fondaco.custody.ledger.LedgerCommand;
import org.fondaco.custody.outbox.OutboxListener;
import org.fondaco.custody.payout.utxo.UtxoRules;
import org.fondaco.custody.scan.BlockFollower;
import org.fondaco.custody.scan.BlockReference;
import org.fondaco.custody.scan.OwnTransactions;
import org.fondaco.custody.signer.Signer;
import org.fondaco.custody.withdrawal.WithdrawalPayments;
import org.fondaco.db.schema.tables.records.CustodyAttemptsRecord;
import org.fondaco.db.schema.tables.records.CustodyGroupsRecord;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Payouts of one chain. {@link #step} belongs to one thread; {@link #plan} and what people ask for
 * may come from others.
 */
public final class Payouts implements GroupPlanner, BlockFollower, OwnTransactions, OutboxListener {
  private final ChainName chain;
  private final Asset coin;
  private final Transactions transactions;
  private final WithdrawalPayments withdrawals;
  private final AuditPort audit;
  private final InstantSource clock;
  private final Desk desk;
  private final Planner planner;
  private final Signing signing;
  private final Sending sending;
  private final Bumping bumping;
  private final Settlement settlement;
  private final PayRound round;

  /**
   * What all chains share.
   *
   * @param assets by the engine's id
   * @param listeners who hears of groups of which purpose; PAY is the withdrawals'
   */
  public record Environment(
      Transactions transactions,
      InstantSource clock,
      Map<Integer, Asset> assets,
      Guard guard,
      Signer signer,
      WithdrawalPayments withdrawals,
      AuditPort audit,
      Map<Purpose, GroupListener> listeners) {
    public Environment {
      assets = Map.copyOf(assets);
      listeners = Map.copyOf(listeners);
    }

    Asset coin(ChainName chain) {
      return assets.values().stream()
          .filter(asset -> asset.chain() == chain && asset.isCoin())
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(chain + " has no coin"));
    }
  }

  private Payouts(ChainName chain, Environment e, Desk desk, PayoutRules rules) {
    this.chain = chain;
    this.coin = e.coin(chain);
    this.transactions = e.transactions();
    this.withdrawals = e.withdrawals();
    this.audit = e.audit();
    this.clock = e.clock();
    this.desk = desk;
    GroupVoices voices = new GroupVoices(withdrawals, e.listeners());
    planner = new Planner(chain, transactions, desk, clock);
    signing = new Signing(chain, transactions, desk, e.guard(), e.assets(), clock);
    sending = new Sending(chain, transactions, desk, voices, rules, clock);
    bumping = new Bumping(chain, transactions, desk, planner, coin, rules, clock);
    settlement = new Settlement(chain, desk, voices, coin, rules, clock);
    round = new PayRound(chain, transactions, planner, withdrawals, rules, clock);
  }

  /** Payouts of Bitcoin or one of its kin. */
  public static Payouts ofOutputs(
      ChainName chain, CoreNode node, UtxoRules utxo, PayoutRules rules, Environment e) {
    return new Payouts(chain, e, new UtxoDesk(chain, node, utxo, rules, e.signer()), rules);
  }

  /** Payouts of an account chain. */
  public static Payouts ofAccounts(
      ChainName chain, EvmNode node, PayoutRules rules, Environment e) {
    Desk desk = new EvmDesk(node, e.coin(chain), e.assets(), rules, e.signer());
    return new Payouts(chain, e, desk, rules);
  }

  /**
   * One step of one group; true = did something, call again. A node without answer is no error: the
   * step is done later.
   */
  public boolean step() {
    try {
      return transactions.result(settlement::step)
          || signing.step()
          || sending.step()
          || bumping.step()
          || round.step();
    } catch (NodeUnavailable e) {
      return false;
    }
  }

  /**
   * Atoms of the chain's coin that a payment of its own costs now.
   *
   * @throws NodeUnavailable when there is no answer
   */
  public BigInteger paymentCost() {
    return desk.paymentCost();
  }

  @Override
  public Planned plan(GroupPlan plan, ObjLongConsumer<DSLContext> intent) {
    return planner.plan(plan, intent);
  }

  /**
   * An operator wants a group back (G5): the next attempt is a self-spend. Which of them is mined,
   * the chain decides.
   *
   * @param release withdrawals whose funds are released when it ends unpaid; the others are paid
   *     again by another group
   * @throws IllegalArgumentException when it is mined or over
   */
  public void cancel(long group, Collection<Long> release, String actor) {
    transactions.run(t -> {
      CustodyGroupsRecord row = GroupRows.locked(t, group);
      if (!List.of("INTENT", "SENDING").contains(row.getState())
          || !row.getChain().equals(chain.name())) {
        throw new IllegalArgumentException(
            "group %d of %s is %s".formatted(group, row.getChain(), row.getState()));
      }
      row.setCancelWanted(true);
      row.update();
      GroupRows.payees(t, group).stream()
          .map(payee -> payee.getWithdrawalId())
          .filter(id -> id != null && release.contains(id))
          .forEach(id -> withdrawals.cancelWanted(t, id));
      audit.append(t, actor, "payout.cancel", "{\"group\":" + group + "}");
    });
  }

  /**
   * What a group with a key elsewhere waits to have signed: for a UTXO chain {@link
   * org.fondaco.custody.payout.utxo.UnsignedUtxo#decode}, else {@link
   * org.fondaco.custody.payout.evm.UnsignedEvm#decode} reads it.
   *
   * @throws IllegalArgumentException when it waits for no signature
   */
  public byte[] exported(long group) {
    return transactions.result(t -> signing.exported(t, group).getUnsigned());
  }

  /**
   * Takes the signed transaction of an exported group.
   *
   * @throws IllegalArgumentException when it is another one or not signed
   */
  public void imported(long group, byte[] raw) {
    signing.imported(group, raw);
  }

  @Override
  public void connected(DSLContext t, ChainName where, ChainBlock block) {
    if (where == chain) {
      settlement.connected(t, block);
    }
  }

  @Override
  public void disconnected(DSLContext t, ChainName where, BlockReference block) {
    if (where == chain) {
      settlement.disconnected(t, block.height(), block.hash());
    }
  }

  @Override
  public boolean isOwn(DSLContext t, ChainName where, String txid, List<String> spends) {
    if (where != chain) {
      return false;
    }
    return t.fetchExists(
            t.selectOne()
                .from(CUSTODY_ATTEMPTS)
                .join(CUSTODY_GROUPS)
                .on(CUSTODY_GROUPS.GROUP_ID.eq(CUSTODY_ATTEMPTS.GROUP_ID))
                .where(CUSTODY_GROUPS.CHAIN.eq(chain.name()))
                .and(CUSTODY_ATTEMPTS.TXID.eq(HexFormat.of().parseHex(txid))))
        || chain.hasOutputs() && spendsAnchor(t, spends);
  }

  @Override
  public Set<String> own(DSLContext t, ChainName where, Map<String, List<String>> spends) {
    if (where != chain || spends.isEmpty()) {
      return Set.of();
    }
    Set<String> own = new HashSet<>();
    byte[][] ids = spends.keySet().stream().map(HexFormat.of()::parseHex).toArray(byte[][]::new);
    t.select(CUSTODY_ATTEMPTS.TXID)
        .from(CUSTODY_ATTEMPTS)
        .join(CUSTODY_GROUPS)
        .on(CUSTODY_GROUPS.GROUP_ID.eq(CUSTODY_ATTEMPTS.GROUP_ID))
        .where(CUSTODY_GROUPS.CHAIN.eq(chain.name()))
        .and(CUSTODY_ATTEMPTS.TXID.eq(DSL.any(ids)))
        .forEach(row -> own.add(HexFormat.of().formatHex(row.value1())));
    if (chain.hasOutputs()) {
      String[] inputs = spends.values().stream().flatMap(List::stream).toArray(String[]::new);
      Set<String> anchors =
          t.select(CUSTODY_ANCHORS.ANCHOR)
              .from(CUSTODY_ANCHORS)
              .where(CUSTODY_ANCHORS.CHAIN.eq(chain.name()))
              .and(CUSTODY_ANCHORS.ANCHOR.eq(DSL.any(inputs)))
              .fetchSet(CUSTODY_ANCHORS.ANCHOR);
      spends.forEach((txid, of) -> {
        if (!Collections.disjoint(anchors, of) && !own.contains(txid) && spendsAnchor(t, of)) {
          own.add(txid);
        }
      });
    }
    return own;
  }

  /** A twin has another id and the same inputs: all parts of one anchor are among them. */
  private boolean spendsAnchor(DSLContext t, List<String> spends) {
    for (Long group :
        t.selectDistinct(CUSTODY_ANCHORS.GROUP_ID)
            .from(CUSTODY_ANCHORS)
            .where(CUSTODY_ANCHORS.CHAIN.eq(chain.name()))
            .and(CUSTODY_ANCHORS.ANCHOR.in(spends))
            .fetch(CUSTODY_ANCHORS.GROUP_ID)) {
      for (CustodyAttemptsRecord attempt : GroupRows.attempts(t, group)) {
        if (attempt.getRaw() != null && List.of(attempt.getInputs()).equals(spends)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void answered(DSLContext t, long subjectId, LedgerCommand command, Answer answer) {
    if (answer.applied()) {
      return;
    }
    String note = "the ledger rejected " + command + ": " + answer.reason();
    Breaks.open(
        t,
        coin.id(),
        Breaks.Cause.PAYOUT_REJECTED,
        "payout " + subjectId,
        BigInteger.ZERO,
        note,
        clock.instant());
    Halts.asset(t, coin.id(), note, clock.instant());
  }
}
