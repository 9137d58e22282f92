package org.fondaco.api.admin;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.fee.FeeTiers;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.identity.User;
import org.fondaco.api.symbol.Market;
import org.fondaco.api.symbol.Markets;
import org.fondaco.api.venue.VenueControl;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;
import org.fondaco.engine.protocol.Filters;
import org.fondaco.engine.protocol.SelfTradePreventionMode;
import org.fondaco.engine.protocol.SymbolStatus;

/** Assets and symbols: what can be traded, and by which rules. */
final class CatalogueController {
  private static final int RATE_SCALE = 8;
  private static final Parameter SYMBOL = Parameter.inPath("symbol", "For example BTCUSDT.");

  private final VenueControl control;
  private final Markets markets;
  private final FeeTiers feeTiers;
  private final Desk desk;
  // Ids are given here, so only one may be given at a time.
  private final Object adding = new Object();

  CatalogueController(VenueControl control, Markets markets, FeeTiers feeTiers, Desk desk) {
    this.feeTiers = feeTiers;
    this.control = control;
    this.markets = markets;
    this.desk = desk;
  }

  List<Endpoint> endpoints() {
    List<Parameter> filters = new ArrayList<>(List.of(SYMBOL));
    filters.addAll(FilterParameters.declared());
    return List.of(
        write(
            Method.POST,
            "/admin/v1/assets",
            "Add an asset",
            List.of(
                Parameter.mandatory("asset", Type.STRING, "Its code, for example BTC."),
                Parameter.mandatory("scale", Type.INT, "Decimals of its unit, 0 to 10.")),
            this::addAsset),
        write(
            Method.POST,
            "/admin/v1/symbols",
            "Add a symbol, in status BREAK",
            newSymbol(),
            this::addSymbol),
        write(
            Method.PUT,
            "/admin/v1/symbols/{symbol}/filters",
            "Change filters; those not sent stay, and so do resting orders",
            filters,
            this::setFilters),
        write(
            Method.PUT,
            "/admin/v1/symbols/{symbol}/fees",
            "Set the fee rates of a tier",
            List.of(
                SYMBOL,
                Parameter.mandatory("tier", Type.INT, "0 to 15."),
                Parameter.mandatory("makerRate", Type.DECIMAL, "0.001 = 0.1 %."),
                Parameter.mandatory("takerRate", Type.DECIMAL, "0.001 = 0.1 %.")),
            this::setFees),
        Endpoint.own(
            Method.PUT,
            "/admin/v1/symbols/{symbol}/status",
            Admin.TAG,
            "Open, halt or close trading, or let orders be cancelled only",
            Admin.OPERATORS,
            List.of(SYMBOL, Parameter.choice("status", SymbolStatus.class, true, "")),
            desk.writing(this::setStatus)),
        write(
            Method.PUT,
            "/admin/v1/symbols/{symbol}/reference-price",
            "Set the price that filters go by instead of the average, or clear it",
            List.of(SYMBOL, Parameter.mandatory("referencePrice", Type.DECIMAL, "0 clears it.")),
            this::setReferencePrice));
  }

  private static List<Parameter> newSymbol() {
    List<Parameter> all = new ArrayList<>();
    all.add(Parameter.mandatory("symbol", Type.STRING, "Its name, for example BTCUSDT."));
    all.add(Parameter.mandatory("baseAsset", Type.STRING, "Its code."));
    all.add(Parameter.mandatory("quoteAsset", Type.STRING, "Its code."));
    all.add(
        Parameter.mandatory(
            "tickUnit", Type.DECIMAL, "Every tickSize is a multiple of it, for ever."));
    all.add(
        Parameter.mandatory(
            "lotUnit", Type.DECIMAL, "Every stepSize is a multiple of it, for ever."));
    all.add(
        Parameter.choice(
            "defaultSelfTradePreventionMode",
            SelfTradePreventionMode.class,
            false,
            "Default EXPIRE_MAKER."));
    all.addAll(FilterParameters.declared());
    return all;
  }

  private Endpoint write(
      Method method, String path, String summary, List<Parameter> parameters, Desk.Act act) {
    return Endpoint.own(
        method, path, Admin.TAG, summary, Admin.ADMINISTRATORS, parameters, desk.writing(act));
  }

  private Answer addAsset(Call call, User person) {
    String code = call.parameters().mandatoryText("asset");
    Markets.checkName("asset", code);
    int scale = mandatoryInt(call.parameters(), "scale");
    synchronized (adding) {
      int id = 1 + markets.assets().stream().mapToInt(AssetChanged::asset).max().orElse(0);
      Desk.require(control.execute(person.name(), new Command.AddAsset(id, code, scale)));
      return Answer.ok(StateJson.asset(new AssetChanged(id, code, scale)));
    }
  }

  private Answer addSymbol(Call call, User person) {
    Parameters sent = call.parameters();
    String name = sent.mandatoryText("symbol");
    Markets.checkName("symbol", name);
    AssetChanged base = asset(sent, "baseAsset");
    AssetChanged quote = asset(sent, "quoteAsset");
    sent.mandatoryText("tickUnit");
    sent.mandatoryText("lotUnit");
    long tickUnit = sent.units("tickUnit", quote.scale());
    long lotUnit = sent.units("lotUnit", base.scale());
    SelfTradePreventionMode mode =
        sent.choice("defaultSelfTradePreventionMode", SelfTradePreventionMode.values());
    Filters filters =
        FilterParameters.read(
            sent, FilterParameters.initial(tickUnit, lotUnit), base.scale(), quote.scale());
    synchronized (adding) {
      int id = 1 + markets.all().stream().mapToInt(Market::id).max().orElse(0);
      Desk.require(
          control.execute(
              person.name(),
              new Command.AddSymbol(
                  id,
                  name,
                  base.asset(),
                  quote.asset(),
                  tickUnit,
                  lotUnit,
                  mode == null ? SelfTradePreventionMode.EXPIRE_MAKER : mode,
                  filters)));
      return state(name);
    }
  }

  private Answer setFilters(Call call, User person) {
    Market market = market(call);
    Filters filters =
        FilterParameters.read(
            call.parameters(), market.symbol().filters(), market.baseScale(), market.quoteScale());
    return execute(person, market, new Command.SetFilters(market.id(), filters));
  }

  private Answer setFees(Call call, User person) {
    Parameters sent = call.parameters();
    Market market = market(call);
    sent.mandatoryText("makerRate");
    sent.mandatoryText("takerRate");
    Answer answer =
        execute(
            person,
            market,
            new Command.SetFees(
                market.id(),
                mandatoryInt(sent, "tier"),
                sent.units("makerRate", RATE_SCALE),
                sent.units("takerRate", RATE_SCALE)));
    feeTiers.completeRates(person.name(), market.id());
    return answer;
  }

  private Answer setStatus(Call call, User person) {
    Market market = market(call);
    SymbolStatus status = call.parameters().choice("status", SymbolStatus.values());
    if (status == null) {
      throw RequestErrors.mandatory("status");
    }
    return execute(person, market, new Command.SetStatus(market.id(), status));
  }

  private Answer setReferencePrice(Call call, User person) {
    Market market = market(call);
    call.parameters().mandatoryText("referencePrice");
    long price = call.parameters().units("referencePrice", market.quoteScale());
    return execute(person, market, new Command.SetReferencePrice(market.id(), price));
  }

  private Answer execute(User person, Market market, Command command) {
    Desk.require(control.execute(person.name(), command));
    return state(market.name());
  }

  private Answer state(String symbol) {
    return Answer.ok(StateJson.symbol(markets.named(symbol)));
  }

  private Market market(Call call) {
    return markets.named(call.parameters().mandatoryText("symbol"));
  }

  private AssetChanged asset(Parameters sent, String parameter) {
    String code = sent.mandatoryText(parameter);
    return markets.assets().stream()
        .filter(asset -> asset.code().equals(code))
        .findFirst()
        .orElseThrow(() -> RequestErrors.invalidData(parameter));
  }

  private static int mandatoryInt(Parameters sent, String name) {
    sent.mandatoryText(name);
    return sent.wholeInt(name, 0);
  }
}
