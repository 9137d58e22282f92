package org.fondaco.custody.withdrawal;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Predicate;
import org.fondaco.custody.breaks.Halts;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.NodeUnavailable;
import org.fondaco.custody.chain.RpcError;
import org.fondaco.custody.withdrawal.Destinations.Destination;
import org.fondaco.custody.withdrawal.WithdrawalException.Reason;
import org.fondaco.custody.withdrawal.WithdrawalTerms.Terms;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Whether a request can be taken, with the precise reason when not. */
final class RequestCheck {
  private static final int ORDER_ID_MAX = 64;

  private final Map<Integer, Asset> assets;
  private final Destinations destinations;
  private final WithdrawalTerms terms;
  private final Predicate<String> hasCode;

  RequestCheck(
      Map<Integer, Asset> assets,
      Destinations destinations,
      WithdrawalTerms terms,
      Predicate<String> hasCode) {
    this.assets = Map.copyOf(assets);
    this.destinations = destinations;
    this.terms = terms;
    this.hasCode = hasCode;
  }

  /** A request that passed what needs no database. */
  record Checked(Asset asset, Destination destination, long amount, Terms terms) {}

  Asset asset(int id) {
    Asset asset = assets.get(id);
    if (asset == null) {
      throw new WithdrawalException(Reason.UNKNOWN_ASSET, "no asset " + id + " can be withdrawn");
    }
    return asset;
  }

  Terms terms(Asset asset) {
    return terms.of(asset);
  }

  static void orderId(@Nullable String orderId) {
    if (orderId != null && !orderId.matches("[\\x21-\\x7e]{1," + ORDER_ID_MAX + "}")) {
      throw new WithdrawalException(
          Reason.MALFORMED_ORDER_ID, "a withdrawOrderId has 1 to 64 printable characters");
    }
  }

  Checked check(WithdrawalRequest request) {
    Asset asset = asset(request.asset());
    long amount = units(asset, request.amount());
    Destination destination = destinations.parse(asset.chain(), request.address());
    return new Checked(asset, destination, amount, terms.of(asset));
  }

  /** What a first request must meet, and a repeated one need not any more. */
  void admit(Checked checked) {
    Asset asset = checked.asset();
    if (checked.amount() < checked.terms().minimum()) {
      throw new WithdrawalException(
          Reason.BELOW_MINIMUM,
          "at least " + coins(asset, checked.terms().minimum()) + " " + asset.code());
    }
    if (asset.chain() == ChainName.ETH && asset.isCoin() && isContract(checked.destination())) {
      throw new WithdrawalException(
          Reason.CONTRACT_ADDRESS,
          asset.code() + " is not sent to contracts, and this address is one");
    }
    if (asset.contract() != null
        && asset.contract().equals(HexFormat.of().formatHex(checked.destination().script()))) {
      throw new WithdrawalException(
          Reason.CONTRACT_ADDRESS, "this is the address of " + asset.code() + "'s own contract");
    }
  }

  private boolean isContract(Destination destination) {
    try {
      return hasCode.test(HexFormat.of().formatHex(destination.script()));
    } catch (NodeUnavailable | RpcError e) {
      throw new WithdrawalException(
          Reason.NODE_UNAVAILABLE, "the address cannot be checked now, try again");
    }
  }

  /** Ledger units of an amount in whole coins. */
  private static long units(Asset asset, BigDecimal amount) {
    if (amount.signum() <= 0) {
      throw new WithdrawalException(Reason.NOT_POSITIVE, "an amount is more than zero");
    }
    int digits = Math.min(asset.scale(), asset.decimals());
    BigDecimal plain = amount.stripTrailingZeros();
    if (plain.scale() > digits) {
      throw new WithdrawalException(
          Reason.TOO_PRECISE, asset.code() + " has " + digits + " digits after the point");
    }
    // Before any arithmetic: 1E+999999999 is a short text.
    if (plain.precision() - plain.scale() > 19) {
      throw new WithdrawalException(Reason.TOO_LARGE, "the amount is too large");
    }
    try {
      return plain.movePointRight(asset.scale()).longValueExact();
    } catch (ArithmeticException e) {
      throw new WithdrawalException(Reason.TOO_LARGE, "the amount is too large");
    }
  }

  private static String coins(Asset asset, long units) {
    return BigDecimal.valueOf(units, asset.scale()).stripTrailingZeros().toPlainString();
  }

  static void running(DSLContext t, Asset asset) {
    if (Halts.of(t, asset.id()) != null) {
      throw new WithdrawalException(
          Reason.HALTED, "withdrawals of " + asset.code() + " are stopped for now");
    }
  }

  /** The customer of ours to whom the address belongs, null when it is not ours. */
  static @Nullable Long insider(DSLContext t, long account, Checked checked) {
    var row =
        t.select(CUSTODY_ADDRESSES.ACCOUNT)
            .from(CUSTODY_ADDRESSES)
            .where(CUSTODY_ADDRESSES.FAMILY.eq(checked.asset().chain().name()))
            .and(CUSTODY_ADDRESSES.SCRIPT.eq(checked.destination().script()))
            .fetchOne();
    if (row == null) {
      return null;
    }
    Long owner = row.value1();
    if (owner == null) {
      throw new WithdrawalException(
          Reason.HOUSE_ADDRESS, "this address belongs to the venue and to no customer");
    }
    if (owner == account) {
      throw new WithdrawalException(
          Reason.SELF_DEPOSIT, "this is your own deposit address; nothing would change");
    }
    return owner;
  }
}
