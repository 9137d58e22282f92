package org.fondaco.api.market;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.symbol.Market;
import org.fondaco.api.symbol.Markets;
import org.fondaco.engine.protocol.SymbolStatus;
import org.jspecify.annotations.Nullable;

/**
 * The symbols that a request asks about: {@code symbol}, {@code symbols} or all, in a status
 * [rest-api.md §Market Data endpoints].
 */
record SymbolChoice(Markets markets) {
  static final Parameter SYMBOL =
      Parameter.mandatory("symbol", Type.STRING, "For example BTCUSDT.");
  static final Parameter ONE =
      Parameter.optional("symbol", Type.STRING, "One symbol; not with symbols.");
  static final Parameter SOME =
      Parameter.optional("symbols", Type.STRING, "For example [\"BTCUSDT\",\"ETHUSDT\"].");
  static final Parameter STATUS =
      Parameter.choice(
          "symbolStatus", SymbolStatus.class, false, "Only symbols in this trading status.");

  /** The one symbol, in the status asked for. */
  Market one(Parameters parameters) {
    Market market = markets.named(parameters.mandatoryText("symbol"));
    SymbolStatus status = status(parameters);
    if (status != null && market.symbol().status() != status) {
      throw mismatch();
    }
    return market;
  }

  /**
   * @throws org.fondaco.api.error.ApiException -1128 when both were sent, -1220 when the one symbol
   *     is in another status; of several, those are left out
   */
  List<Market> chosen(Parameters parameters) {
    String one = parameters.text("symbol");
    String some = parameters.text("symbols");
    if (one != null && some != null) {
      throw RequestErrors.badCombination();
    }
    if (one != null) {
      return List.of(one(parameters));
    }
    SymbolStatus status = status(parameters);
    List<Market> chosen = some != null ? named(SymbolList.parse(some)) : markets.all();
    return status == null
        ? chosen
        : chosen.stream().filter(market -> market.symbol().status() == status).toList();
  }

  /**
   * As {@link #chosen}, when all is no choice.
   *
   * @throws org.fondaco.api.error.ApiException also -1102 when neither was sent, -1101 when more
   *     than {@code max} were
   */
  List<Market> chosen(Parameters parameters, int max) {
    if (!parameters.has("symbol") && !parameters.has("symbols")) {
      throw RequestErrors.eitherMandatory("symbol", "symbols");
    }
    if (count(parameters) > max) {
      throw ApiError.badRequest(
              -1101,
              "Too many values sent for parameter 'symbols', maximum allowed up to " + max + ".")
          .exception();
    }
    return chosen(parameters);
  }

  /** How many symbols were sent, for the weight of a request that is not checked yet. */
  static int count(Parameters parameters) {
    String some = parameters.has("symbols") ? parameters.text("symbols") : null;
    return some == null ? 1 : Math.toIntExact(some.chars().filter(c -> c == ',').count()) + 1;
  }

  private static @Nullable SymbolStatus status(Parameters parameters) {
    return parameters.choice(
        "symbolStatus", SymbolStatus.values(), RequestErrors::invalidSymbolStatus);
  }

  private List<Market> named(List<String> names) {
    List<Market> found = new ArrayList<>();
    names.forEach(name -> found.add(markets.named(name)));
    return found;
  }

  private static RuntimeException mismatch() {
    return ApiError.badRequest(
            -1220, "The symbol's status does not match the requested symbolStatus.")
        .exception();
  }
}
