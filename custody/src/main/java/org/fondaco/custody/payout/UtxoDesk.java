package org.fondaco.custody.payout;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;
import static org.fondaco.db.schema.Tables.CUSTODY_LOCKS;
import static org.fondaco.db.schema.Tables.CUSTODY_OUTPUTS;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.fondaco.custody.chain.ChainBlock;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.guard.Anchor;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.payout.Market.OfOutputs;
import org.fondaco.custody.payout.Planned.Reason;
import org.fondaco.custody.payout.utxo.OwnInput;
import org.fondaco.custody.payout.utxo.Paid;
import org.fondaco.custody.payout.utxo.UnsignedUtxo;
import org.fondaco.custody.payout.utxo.UtxoDraft;
import org.fondaco.custody.payout.utxo.UtxoRules;
import org.fondaco.custody.payout.utxo.UtxoSigning;
import org.fondaco.custody.payout.utxo.Weights;
import org.fondaco.custody.signer.Signer;
import org.fondaco.db.schema.tables.records.CustodyAttemptsRecord;
import org.fondaco.db.schema.tables.records.CustodyGroupsRecord;
import org.fondaco.db.schema.tables.records.CustodyPayeesRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Payouts of Bitcoin and its kin. */
final class UtxoDesk implements Desk {
  private static final int COINBASE_DEPTH = 100;

  /** Virtual bytes of one P2PKH input and two such outputs: what a payment has at most, mostly. */
  private static final long PAYMENT_SIZE = 226;

  private static final Field<String> OUTPOINT =
      concat(
          field("encode({0}, 'hex')", String.class, CUSTODY_OUTPUTS.TXID),
          val(":"),
          CUSTODY_OUTPUTS.VOUT.cast(String.class));

  private final ChainName chain;
  private final CoreNode node;
  private final UtxoRules utxo;
  private final PayoutRules rules;
  private final Signer signer;

  UtxoDesk(ChainName chain, CoreNode node, UtxoRules utxo, PayoutRules rules, Signer signer) {
    this.chain = chain;
    this.node = node;
    this.utxo = utxo;
    this.rules = rules;
    this.signer = signer;
  }

  @Override
  public boolean replaces() {
    return utxo.replaces();
  }

  @Override
  public long tip() {
    return node.tip();
  }

  @Override
  public BigInteger paymentCost() {
    return BigInteger.valueOf(Weights.fee(PAYMENT_SIZE, market().rate()));
  }

  @Override
  public Market market(GroupPlan plan, @Nullable House from) {
    return market();
  }

  @Override
  public Market market(CustodyGroupsRecord group, CustodyAttemptsRecord last) {
    return market();
  }

  private OfOutputs market() {
    long relay = node.minimumFeeRate().longValueExact();
    return new OfOutputs(
        Math.max(relay, node.feeRate(rules.targetBlocks()).longValueExact()), relay);
  }

  @Override
  public Draft first(DSLContext t, GroupPlan plan, Market market) {
    OfOutputs fees = (OfOutputs) market;
    long max = rules.feeRateMax().longValueExact();
    if (fees.rate() > max) {
      throw new PlanFailure(
          Reason.FEE_CAP, "a fee of " + fees.rate() + " is above the cap of " + max);
    }
    List<Paid> payments = new ArrayList<>();
    for (Payment payment : plan.payments()) {
      Paid paid = new Paid(payment.script(), payment.atoms().longValueExact());
      if (paid.atoms() < utxo.dust(paid.script())) {
        throw new PlanFailure(Reason.DUST, payment.address() + " would get dust");
      }
      payments.add(paid);
    }
    House rest = House.byId(t, plan.restId());
    UtxoDraft draft =
        plan.parentId() != null
            ? child(t, plan.parentId(), rest, fees)
            : switch (plan.from()) {
              case GroupPlan.From.OfTier tier ->
                  UtxoDraft.choosing(
                          order(payments, rest, fees, fees.rate(), 0), List.of(), free(t, tier))
                      .orElseThrow(() -> poor("tier " + tier.tier()));
              case GroupPlan.From.Outputs outputs ->
                  UtxoDraft.exactly(order(payments, rest, fees, fees.rate(), 0), these(t, outputs))
                      .orElseThrow(() -> poor("these outputs"));
              case GroupPlan.From.Account account ->
                  throw new IllegalArgumentException(chain + " has no accounts");
            };
    return draft(draft, true);
  }

  private static PlanFailure poor(String where) {
    return new PlanFailure(Reason.FUNDS, where + " has too little that is free and deep enough");
  }

  private UtxoDraft.Order order(
      List<Paid> payments, House rest, OfOutputs fees, long rate, long feeFloor) {
    return new UtxoDraft.Order(
        utxo,
        utxo.replaces(),
        payments,
        rest.script(),
        rate,
        feeFloor,
        feeFloor == 0 ? 0 : fees.relayRate());
  }

  private static Draft draft(UtxoDraft draft, boolean first) {
    List<String> inputs = draft.transaction().inputs().stream().map(OwnInput::outpoint).toList();
    return new Draft(
        draft.transaction().encode(),
        first ? inputs : List.of(),
        inputs,
        BigInteger.valueOf(draft.fee()),
        BigInteger.valueOf(draft.fee() * 1_000 / draft.virtualSize()),
        draft.changeVout(),
        null);
  }

  private List<OwnInput> free(DSLContext t, GroupPlan.From.OfTier tier) {
    return inputs(t, CUSTODY_ADDRESSES.TIER.eq(tier.tier()));
  }

  private List<OwnInput> these(DSLContext t, GroupPlan.From.Outputs outputs) {
    List<OwnInput> inputs = inputs(t, OUTPOINT.in(outputs.outpoints()));
    if (inputs.size() != outputs.outpoints().size()) {
      throw new PlanFailure(Reason.TAKEN, "not all of these outputs are free and deep enough");
    }
    return inputs;
  }

  /** Unspent, deep enough at the cursor, and no group's. */
  private List<OwnInput> inputs(DSLContext t, Condition which) {
    long cursor =
        Objects.requireNonNull(
            t.select(CUSTODY_CHAINS.CURSOR_HEIGHT)
                .from(CUSTODY_CHAINS)
                .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
                .fetchOne(CUSTODY_CHAINS.CURSOR_HEIGHT));
    return t.select(
            CUSTODY_OUTPUTS.TXID,
            CUSTODY_OUTPUTS.VOUT,
            CUSTODY_OUTPUTS.ATOMS,
            CUSTODY_ADDRESSES.SCRIPT,
            CUSTODY_ADDRESSES.PATH)
        .from(CUSTODY_OUTPUTS)
        .join(CUSTODY_ADDRESSES)
        .on(CUSTODY_ADDRESSES.ADDRESS_ID.eq(CUSTODY_OUTPUTS.ADDRESS_ID))
        .where(CUSTODY_OUTPUTS.CHAIN.eq(chain.name()))
        .and(CUSTODY_OUTPUTS.SPENT_HEIGHT.isNull())
        .and(CUSTODY_OUTPUTS.HEIGHT.le(cursor - rules.sweepDepth() + 1))
        .and(
            CUSTODY_OUTPUTS
                .COINBASE
                .isFalse()
                .or(CUSTODY_OUTPUTS.HEIGHT.le(cursor - COINBASE_DEPTH + 1)))
        .and(which)
        .and(
            notExists(
                selectOne()
                    .from(CUSTODY_LOCKS)
                    .where(CUSTODY_LOCKS.CHAIN.eq(chain.name()))
                    .and(CUSTODY_LOCKS.OUTPOINT.eq(OUTPOINT))))
        .orderBy(CUSTODY_OUTPUTS.TXID, CUSTODY_OUTPUTS.VOUT)
        .fetch(row ->
            new OwnInput(
                HexFormat.of().formatHex(row.value1()),
                row.value2(),
                row.value3().longValueExact(),
                row.value4(),
                row.value5()));
  }

  /** Spends the change of a group's newest attempt, dear enough for both. */
  private UtxoDraft child(DSLContext t, long parentId, House rest, OfOutputs fees) {
    CustodyGroupsRecord parent = GroupRows.locked(t, parentId);
    CustodyAttemptsRecord last = GroupRows.attempts(t, parentId).getLast();
    byte[] txid = last.getTxid();
    if (!parent.getState().equals("SENDING") || txid == null || last.getChangeVout() < 0) {
      throw new PlanFailure(Reason.TAKEN, "group " + parentId + " has no change that waits");
    }
    House back = House.byId(t, parent.getRestId());
    UnsignedUtxo before = UnsignedUtxo.decode(last.getUnsigned());
    Paid change = before.outputs().get(last.getChangeVout());
    OwnInput input =
        new OwnInput(
            HexFormat.of().formatHex(txid),
            last.getChangeVout(),
            change.atoms(),
            change.script(),
            back.key());
    long together = Weights.virtualSize(before.inputs(), before.outputs());
    long alone =
        Weights.virtualSize(List.of(input), List.of(new Paid(rest.script(), change.atoms())));
    long rate = Math.max(fees.rate(), last.getFeeRate().longValueExact() * 5 / 4 + 1);
    long missing = Weights.fee(together, rate) - last.getFeeAtoms().longValueExact();
    long childRate = rate + Math.ceilDiv(Math.max(0, missing) * 1_000, alone);
    return UtxoDraft.exactly(order(List.of(), rest, fees, childRate, 0), List.of(input))
        .orElseThrow(() -> new PlanFailure(Reason.FUNDS, "the change does not pay for both"));
  }

  @Override
  public Draft next(
      DSLContext t,
      CustodyGroupsRecord group,
      List<CustodyAttemptsRecord> before,
      boolean cancel,
      Market market) {
    OfOutputs fees = (OfOutputs) market;
    CustodyAttemptsRecord last = before.getLast();
    long max = rules.feeRateMax().longValueExact();
    long dearest =
        before.stream().mapToLong(one -> one.getFeeRate().longValueExact()).max().orElseThrow();
    long rate = Math.min(max, Math.max(fees.rate(), dearest + fees.relayRate()));
    long feeFloor =
        before.stream().mapToLong(one -> one.getFeeAtoms().longValueExact()).max().orElseThrow();
    if (rate <= dearest) {
      throw new PlanFailure(Reason.FEE_CAP, "the fee has reached its cap of " + max);
    }
    List<Paid> payments = new ArrayList<>();
    if (!cancel) {
      for (CustodyPayeesRecord payee : GroupRows.payees(t, group.getGroupId())) {
        payments.add(new Paid(payee.getScript(), payee.getAtoms().longValueExact()));
      }
    }
    List<String> anchor = GroupRows.anchor(t, group.getGroupId());
    // A self-spend needs the anchor only; what a payment added goes free when this is final.
    List<OwnInput> fixed =
        UnsignedUtxo.decode(last.getUnsigned()).inputs().stream()
            .filter(input -> !cancel || anchor.contains(input.outpoint()))
            .toList();
    List<OwnInput> more =
        group.getPurpose().equals(Purpose.PAY.name())
            ? free(t, new GroupPlan.From.OfTier("HOT"))
            : List.of();
    UtxoDraft.Order order = order(payments, House.byId(t, group.getRestId()), fees, rate, feeFloor);
    UtxoDraft draft =
        UtxoDraft.choosing(order, fixed, more).orElseThrow(() -> poor("the hot tier"));
    if (draft.fee() * 1_000 / draft.virtualSize() > max) {
      throw new PlanFailure(Reason.FEE_CAP, "the fee would be above its cap of " + max);
    }
    return draft(draft, false);
  }

  @Override
  public Anchor anchor(List<String> parts, byte[] unsigned) {
    return Anchor.inputs(chain.name(), parts);
  }

  @Override
  public List<Digest> digests(byte[] unsigned) {
    return UnsignedUtxo.decode(unsigned).signing(signer).digests();
  }

  @Override
  public boolean isOurs(DSLContext t, CustodyGroupsRecord group, byte[] unsigned) {
    UnsignedUtxo transaction = UnsignedUtxo.decode(unsigned);
    boolean cold =
        t.fetchExists(
            CUSTODY_ADDRESSES,
            CUSTODY_ADDRESSES
                .FAMILY
                .eq(chain.name())
                .and(CUSTODY_ADDRESSES.TIER.eq(House.COLD))
                .and(
                    CUSTODY_ADDRESSES.SCRIPT.in(
                        transaction.inputs().stream().map(OwnInput::script).toList())));
    return !cold && transaction.signing(signer).isOurs();
  }

  @Override
  public Signed sign(@Nullable House from, byte[] unsigned) {
    UtxoSigning.Signed signed = UnsignedUtxo.decode(unsigned).signing(signer).sign();
    return new Signed(signed.raw(), signed.txid());
  }

  @Override
  public Signed imported(@Nullable House from, byte[] unsigned, byte[] raw) {
    UtxoSigning.Signed signed = UnsignedUtxo.decode(unsigned).signing(signer).imported(raw);
    return new Signed(signed.raw(), signed.txid());
  }

  @Override
  public CoreNode.Sent send(String rawHex) {
    return node.send(rawHex);
  }

  @Override
  public boolean knows(String txid) {
    return node.inMempool(txid);
  }

  @Override
  public List<Sighting> sightings(DSLContext t, ChainBlock block) {
    return UtxoSightings.of(t, chain, block);
  }
}
