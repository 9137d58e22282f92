package org.fondaco.custody.payout;

import static org.fondaco.db.schema.Tables.CUSTODY_ATTEMPTS;
import static org.fondaco.db.schema.Tables.CUSTODY_BALANCE_CHANGES;
import static org.fondaco.db.schema.Tables.CUSTODY_GROUPS;
import static org.fondaco.db.schema.Tables.CUSTODY_NONCES;
import static org.fondaco.db.schema.Tables.CUSTODY_PAYEES;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.val;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainBlock;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.chain.EvmNode;
import org.fondaco.custody.chain.RpcError;
import org.fondaco.custody.guard.Anchor;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.payout.Market.OfAccounts;
import org.fondaco.custody.payout.Planned.Reason;
import org.fondaco.custody.payout.evm.Erc20;
import org.fondaco.custody.payout.evm.UnsignedEvm;
import org.fondaco.custody.signer.Signer;
import org.fondaco.db.schema.tables.records.CustodyAttemptsRecord;
import org.fondaco.db.schema.tables.records.CustodyGroupsRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Payouts of account chains: the coin itself, and tokens by EIP-20. */
final class EvmDesk implements Desk {
  private static final long GAS_COIN = 21_000;
  private static final long GAS_TOKEN_MAX = 500_000;

  private final EvmNode node;
  private final Asset coin;
  private final PayoutRules rules;
  private final Signer signer;
  private final EvmSightings sightings;

  EvmDesk(EvmNode node, Asset coin, Map<Integer, Asset> assets, PayoutRules rules, Signer signer) {
    this.node = node;
    this.coin = coin;
    this.rules = rules;
    this.signer = signer;
    this.sightings = new EvmSightings(coin.chain(), assets);
  }

  @Override
  public boolean replaces() {
    return true;
  }

  @Override
  public long tip() {
    return node.tip();
  }

  @Override
  public BigInteger paymentCost() {
    BigInteger base = node.baseFee();
    BigInteger suggested = node.suggestedPrice();
    BigInteger price = base == null ? suggested : base.add(suggested);
    return price.multiply(BigInteger.valueOf(GAS_COIN));
  }

  @Override
  public Market market(GroupPlan plan, @Nullable House from) {
    House sender = Objects.requireNonNull(from);
    long gas = GAS_COIN;
    String contract = plan.asset().contract();
    if (contract != null) {
      Payment payment = one(plan.payments());
      byte[] data = Erc20.transfer(payment.script(), payment.atoms());
      try {
        long estimate =
            node.estimateGas(
                sender.hex(), contract, BigInteger.ZERO, HexFormat.of().formatHex(data));
        gas = Math.min(GAS_TOKEN_MAX, estimate + estimate / 4);
      } catch (RpcError e) {
        throw new PlanFailure(Reason.REVERTS, String.valueOf(e.getMessage()));
      }
    }
    // A remainder of exactly nothing takes a price that is known before: legacy.
    boolean everything = plan.payments().isEmpty();
    return market(sender.hex(), gas, everything);
  }

  @Override
  public Market market(CustodyGroupsRecord group, CustodyAttemptsRecord last) {
    UnsignedEvm before = UnsignedEvm.decode(last.getUnsigned());
    // The nonce is the group's; the node is not asked again.
    return market(null, before.gas(), before.tip() == null);
  }

  private OfAccounts market(@Nullable String from, long gas, boolean legacy) {
    long nonce = from == null ? 0 : node.nonce(from);
    BigInteger base = node.baseFee();
    BigInteger suggested = node.suggestedPrice();
    if (base == null) {
      return new OfAccounts(node.chainId(), suggested, null, gas, nonce);
    }
    BigInteger price = base.shiftLeft(1).add(suggested);
    return new OfAccounts(node.chainId(), price, legacy ? null : suggested, gas, nonce);
  }

  private static Payment one(List<Payment> payments) {
    if (payments.size() != 1) {
      throw new IllegalArgumentException("an account pays one payee at a time");
    }
    return payments.getFirst();
  }

  @Override
  public Draft first(DSLContext t, GroupPlan plan, Market market) {
    OfAccounts fees = (OfAccounts) market;
    if (!(plan.from() instanceof GroupPlan.From.Account account)) {
      throw new IllegalArgumentException("an account chain pays from an account");
    }
    House from = House.byId(t, account.addressId());
    BigInteger most = fees.price().multiply(BigInteger.valueOf(fees.gas()));
    if (fees.price().compareTo(rules.feeRateMax()) > 0) {
      throw new PlanFailure(
          Reason.FEE_CAP, fees.price() + " wei a gas is above the cap of " + rules.feeRateMax());
    }
    long nonce = nextNonce(t, from, fees.nonce());
    BigInteger coins = available(t, from, coin);
    BigInteger value = BigInteger.ZERO;
    byte[] to;
    byte[] data = new byte[0];
    if (plan.payments().isEmpty()) {
      to = House.byId(t, plan.restId()).script();
      value = coins.subtract(most);
      if (value.signum() <= 0) {
        throw new PlanFailure(Reason.FUNDS, "nothing is left after the fee");
      }
    } else {
      Payment payment = one(plan.payments());
      String contract = plan.asset().contract();
      if (contract == null) {
        to = payment.script();
        value = payment.atoms();
      } else {
        to = HexFormat.of().parseHex(contract);
        data = Erc20.transfer(payment.script(), payment.atoms());
        if (available(t, from, plan.asset()).compareTo(payment.atoms()) < 0) {
          throw new PlanFailure(Reason.FUNDS, "too little " + plan.asset().code());
        }
      }
      if (coins.compareTo(value.add(most)) < 0) {
        Reason reason = contract == null ? Reason.FUNDS : Reason.GAS;
        throw new PlanFailure(reason, "too little " + coin.code());
      }
    }
    UnsignedEvm unsigned =
        new UnsignedEvm(
            fees.chainId(), nonce, fees.price(), clamp(fees), fees.gas(), to, value, data);
    return draft(unsigned, List.of(from.hex() + ":" + nonce));
  }

  private static @Nullable BigInteger clamp(OfAccounts fees) {
    return fees.tip() == null ? null : fees.tip().min(fees.price());
  }

  private static Draft draft(UnsignedEvm unsigned, List<String> anchor) {
    return new Draft(
        unsigned.encode(),
        anchor,
        List.of(),
        unsigned.feeMax(),
        unsigned.price(),
        -1,
        unsigned.nonce());
  }

  /** Takes the address's next nonce; a nonce that is taken is spent, never skipped. */
  private long nextNonce(DSLContext t, House from, long mined) {
    t.insertInto(CUSTODY_NONCES)
        .set(CUSTODY_NONCES.CHAIN, coin.chain().name())
        .set(CUSTODY_NONCES.ADDRESS_ID, from.addressId())
        .set(CUSTODY_NONCES.NEXT, mined)
        .onConflict(CUSTODY_NONCES.CHAIN, CUSTODY_NONCES.ADDRESS_ID)
        .doNothing()
        .execute();
    long next =
        Objects.requireNonNull(
            t.select(CUSTODY_NONCES.NEXT)
                .from(CUSTODY_NONCES)
                .where(CUSTODY_NONCES.CHAIN.eq(coin.chain().name()))
                .and(CUSTODY_NONCES.ADDRESS_ID.eq(from.addressId()))
                .forUpdate()
                .fetchOne(CUSTODY_NONCES.NEXT));
    if (mined > next) {
      throw new PlanFailure(
          Reason.HALTED,
          "the chain has nonce " + (mined - 1) + " of 0x" + from.hex() + ", signed elsewhere");
    }
    t.update(CUSTODY_NONCES)
        .set(CUSTODY_NONCES.NEXT, next + 1)
        .where(CUSTODY_NONCES.CHAIN.eq(coin.chain().name()))
        .and(CUSTODY_NONCES.ADDRESS_ID.eq(from.addressId()))
        .execute();
    return next;
  }

  /** What the blocks up to the cursor explain, less what open groups may take. */
  private BigInteger available(DSLContext t, House from, Asset asset) {
    BigDecimal explained =
        t.select(coalesce(sum(CUSTODY_BALANCE_CHANGES.ATOMS), val(BigDecimal.ZERO)))
            .from(CUSTODY_BALANCE_CHANGES)
            .where(CUSTODY_BALANCE_CHANGES.ADDRESS_ID.eq(from.addressId()))
            .and(CUSTODY_BALANCE_CHANGES.ASSET.eq(asset.id()))
            .fetchSingle()
            .value1();
    BigDecimal promised =
        t.select(coalesce(sum(CUSTODY_PAYEES.ATOMS), val(BigDecimal.ZERO)))
            .from(CUSTODY_PAYEES)
            .join(CUSTODY_GROUPS)
            .on(CUSTODY_GROUPS.GROUP_ID.eq(CUSTODY_PAYEES.GROUP_ID))
            .where(CUSTODY_GROUPS.FROM_ID.eq(from.addressId()))
            .and(CUSTODY_GROUPS.ASSET.eq(asset.id()))
            .and(CUSTODY_GROUPS.STATE.in("INTENT", "SENDING"))
            .fetchSingle()
            .value1();
    BigInteger free = explained.subtract(promised).toBigIntegerExact();
    return asset.isCoin() ? free.subtract(feesAtMost(t, from)) : free;
  }

  private static BigInteger feesAtMost(DSLContext t, House from) {
    return t
        .select(CUSTODY_GROUPS.GROUP_ID, max(CUSTODY_ATTEMPTS.FEE_ATOMS))
        .from(CUSTODY_GROUPS)
        .join(CUSTODY_ATTEMPTS)
        .on(CUSTODY_ATTEMPTS.GROUP_ID.eq(CUSTODY_GROUPS.GROUP_ID))
        .where(CUSTODY_GROUPS.FROM_ID.eq(from.addressId()))
        .and(CUSTODY_GROUPS.STATE.in("INTENT", "SENDING"))
        .groupBy(CUSTODY_GROUPS.GROUP_ID)
        .fetch(1, BigInteger.class)
        .stream()
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  @Override
  public Draft next(
      DSLContext t,
      CustodyGroupsRecord group,
      List<CustodyAttemptsRecord> before,
      boolean cancel,
      Market market) {
    OfAccounts fees = (OfAccounts) market;
    UnsignedEvm last = UnsignedEvm.decode(before.getLast().getUnsigned());
    BigInteger price = fees.price().max(raised(last.price())).min(rules.feeRateMax());
    if (price.compareTo(raisedByTenth(last.price())) < 0) {
      throw new PlanFailure(Reason.FEE_CAP, "the fee has reached its cap of " + rules.feeRateMax());
    }
    BigInteger lastTip = last.tip();
    BigInteger tip =
        lastTip == null
            ? price
            : raised(lastTip).max(fees.tip() == null ? BigInteger.ZERO : fees.tip()).min(price);
    if (cancel) {
      House self = House.byId(t, group.getFromId());
      UnsignedEvm spend =
          new UnsignedEvm(
              last.chainId(),
              last.nonce(),
              price,
              lastTip == null ? null : tip,
              GAS_COIN,
              self.script(),
              BigInteger.ZERO,
              new byte[0]);
      return draft(spend, List.of());
    }
    BigInteger value = last.value();
    boolean everything = GroupRows.payees(t, group.getGroupId()).isEmpty();
    UnsignedEvm dearer = last.priced(price, tip, value);
    if (everything) {
      value = value.add(last.feeMax()).subtract(dearer.feeMax());
      if (value.signum() <= 0) {
        throw new PlanFailure(Reason.FUNDS, "nothing is left after the fee");
      }
      dearer = dearer.priced(price, tip, value);
    }
    return draft(dearer, List.of());
  }

  /** An eighth more, rounded up: pools ask for a tenth more of both prices. */
  private static BigInteger raised(BigInteger price) {
    return price.add(price.shiftRight(3)).add(BigInteger.ONE);
  }

  private static BigInteger raisedByTenth(BigInteger price) {
    return price.multiply(BigInteger.valueOf(11)).add(BigInteger.valueOf(9)).divide(BigInteger.TEN);
  }

  @Override
  public Anchor anchor(List<String> parts, byte[] unsigned) {
    String part = parts.getFirst();
    int colon = part.indexOf(':');
    return Anchor.nonce(
        coin.chain() + "-" + UnsignedEvm.decode(unsigned).chainId(),
        "0x" + part.substring(0, colon),
        new BigInteger(part.substring(colon + 1)));
  }

  @Override
  public List<Digest> digests(byte[] unsigned) {
    return List.of(UnsignedEvm.decode(unsigned).digest());
  }

  @Override
  public boolean isOurs(DSLContext t, CustodyGroupsRecord group, byte[] unsigned) {
    House from = House.byId(t, group.getFromId());
    return !from.tier().equals(House.COLD) && signer.knows(KeyRef.parse(from.key()));
  }

  @Override
  public Signed sign(@Nullable House from, byte[] unsigned) {
    UnsignedEvm.Signed signed =
        UnsignedEvm.decode(unsigned).sign(signer, KeyRef.parse(Objects.requireNonNull(from).key()));
    return new Signed(signed.raw(), signed.hash());
  }

  @Override
  public Signed imported(@Nullable House from, byte[] unsigned, byte[] raw) {
    UnsignedEvm.Signed signed =
        UnsignedEvm.decode(unsigned).imported(raw, Objects.requireNonNull(from).script());
    return new Signed(signed.raw(), signed.hash());
  }

  @Override
  public CoreNode.Sent send(String rawHex) {
    return node.send(rawHex);
  }

  @Override
  public boolean knows(String txid) {
    return node.knows(txid);
  }

  @Override
  public List<Sighting> sightings(DSLContext t, ChainBlock block) {
    return sightings.of(t, block);
  }
}
