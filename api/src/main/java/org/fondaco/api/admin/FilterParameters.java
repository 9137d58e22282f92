package org.fondaco.api.admin;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.http.Parameters;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.SelfTradePreventionMode;

/** The parameters that describe a symbol's filters; each has the name of its filter's field. */
final class FilterParameters {
  private static final int MULTIPLIER_SCALE = 4;
  private static final int ALL_MODES = (1 << SelfTradePreventionMode.values().length) - 1;

  private final Parameters sent;
  private final int baseScale;
  private final int quoteScale;

  private FilterParameters(Parameters sent, int baseScale, int quoteScale) {
    this.sent = sent;
    this.baseScale = baseScale;
    this.quoteScale = quoteScale;
  }

  static List<Parameter> declared() {
    List<Parameter> all = new ArrayList<>();
    add(
        all,
        Type.DECIMAL,
        "In the quote asset, prices for one whole base.",
        "minPrice maxPrice tickSize minNotional maxNotional");
    add(
        all,
        Type.DECIMAL,
        "In the base asset.",
        "minQuantity maxQuantity stepSize marketMinQuantity marketMaxQuantity marketStepSize"
            + " maxPosition");
    add(
        all,
        Type.DECIMAL,
        "Multiple of the average price, up to four decimals, 0 = no such bound.",
        "bidMultiplierUp bidMultiplierDown askMultiplierUp askMultiplierDown priceRangeBidUp"
            + " priceRangeBidDown priceRangeAskUp priceRangeAskDown");
    add(
        all,
        Type.INT,
        "A number; minutes for averagePriceMinutes, basis points for deltas.",
        "averagePriceMinutes icebergParts minTrailingAboveDelta maxTrailingAboveDelta"
            + " minTrailingBelowDelta maxTrailingBelowDelta maxOrders maxAlgoOrders maxOrderLists"
            + " maxOrderAmends");
    add(
        all,
        Type.BOOLEAN,
        "Whether the bound of NOTIONAL counts for MARKET orders.",
        "applyMinToMarket applyMaxToMarket");
    all.add(
        Parameter.optional(
            "allowedSelfTradePreventionModes",
            Type.STRING,
            "Names of modes, separated by commas."));
    return all;
  }

  /** What holds for a new symbol unless it is sent; maxPrice and maxQuantity have to be. */
  static Filters initial(long tickUnit, long lotUnit) {
    return new Filters(
        0, 0, tickUnit, lotUnit, 0, lotUnit, 0, 0, 0, 0, 0, 0, 5, 50_000, 2_000, 50_000, 2_000, 0,
        0, 0, 0, 10, 10, 2_000, 10, 2_000, 200, 5, 20, 10, true, false, ALL_MODES);
  }

  /** The filters asked for: what was not sent is as in {@code present}. */
  static Filters read(Parameters sent, Filters present, int baseScale, int quoteScale) {
    return new FilterParameters(sent, baseScale, quoteScale).over(present);
  }

  private Filters over(Filters f) {
    return new Filters(
        quote("minPrice", f.minPrice()),
        quote("maxPrice", f.maxPrice()),
        quote("tickSize", f.tickSize()),
        base("minQuantity", f.minQuantity()),
        base("maxQuantity", f.maxQuantity()),
        base("stepSize", f.stepSize()),
        base("marketMinQuantity", f.marketMinQuantity()),
        base("marketMaxQuantity", f.marketMaxQuantity()),
        base("marketStepSize", f.marketStepSize()),
        quote("minNotional", f.minNotional()),
        quote("maxNotional", f.maxNotional()),
        base("maxPosition", f.maxPosition()),
        number("averagePriceMinutes", f.averagePriceMinutes()),
        multiplier("bidMultiplierUp", f.bidMultiplierUp()),
        multiplier("bidMultiplierDown", f.bidMultiplierDown()),
        multiplier("askMultiplierUp", f.askMultiplierUp()),
        multiplier("askMultiplierDown", f.askMultiplierDown()),
        multiplier("priceRangeBidUp", f.priceRangeBidUp()),
        multiplier("priceRangeBidDown", f.priceRangeBidDown()),
        multiplier("priceRangeAskUp", f.priceRangeAskUp()),
        multiplier("priceRangeAskDown", f.priceRangeAskDown()),
        number("icebergParts", f.icebergParts()),
        number("minTrailingAboveDelta", f.minTrailingAboveDelta()),
        number("maxTrailingAboveDelta", f.maxTrailingAboveDelta()),
        number("minTrailingBelowDelta", f.minTrailingBelowDelta()),
        number("maxTrailingBelowDelta", f.maxTrailingBelowDelta()),
        number("maxOrders", f.maxOrders()),
        number("maxAlgoOrders", f.maxAlgoOrders()),
        number("maxOrderLists", f.maxOrderLists()),
        number("maxOrderAmends", f.maxOrderAmends()),
        sent.flag("applyMinToMarket", f.applyMinToMarket()),
        sent.flag("applyMaxToMarket", f.applyMaxToMarket()),
        modes("allowedSelfTradePreventionModes", f.allowedSelfTradePreventionModes()));
  }

  private long quote(String name, long absent) {
    return sent.has(name) ? sent.units(name, quoteScale) : absent;
  }

  private long base(String name, long absent) {
    return sent.has(name) ? sent.units(name, baseScale) : absent;
  }

  private int multiplier(String name, int absent) {
    if (!sent.has(name)) {
      return absent;
    }
    long value = sent.units(name, MULTIPLIER_SCALE);
    if (value > Integer.MAX_VALUE) {
      throw RequestErrors.overflow(name);
    }
    return (int) value;
  }

  private int number(String name, int absent) {
    return sent.wholeInt(name, absent);
  }

  private int modes(String name, int absent) {
    String names = sent.text(name);
    if (names == null) {
      return absent;
    }
    int modes = 0;
    for (String mode : names.split(",", -1)) {
      modes |= 1 << mode(name, mode).ordinal();
    }
    return modes;
  }

  private static SelfTradePreventionMode mode(String parameter, String name) {
    for (SelfTradePreventionMode mode : SelfTradePreventionMode.values()) {
      if (mode.name().equals(name)) {
        return mode;
      }
    }
    throw RequestErrors.invalidData(parameter);
  }

  private static void add(List<Parameter> to, Type type, String description, String names) {
    for (String name : names.split(" ")) {
      to.add(Parameter.optional(name, type, description));
    }
  }
}
