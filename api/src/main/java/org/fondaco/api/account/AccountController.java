package org.fondaco.api.account;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Access;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.past.Past;
import org.fondaco.api.projection.Page;
import org.fondaco.api.symbol.Market;
import org.fondaco.api.symbol.Markets;
import org.fondaco.engine.protocol.EngineEvent.AccountChanged;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;
import org.fondaco.engine.protocol.EngineEvent.FeesChanged;
import org.fondaco.engine.readmodel.ReadModel;
import org.fondaco.engine.readmodel.ReadModel.FillView;

/** Balances and fills of the account that asks [rest-api.md §Account endpoints]. */
public final class AccountController {
  private static final int RATE_SCALE = 8;

  /** Account fees are published in basis points as well: 10^-4 from 10^-8. */
  private static final long RATE_UNITS_PER_BASIS_POINT = 10_000;

  private final ReadModel readModel;
  private final Markets markets;
  private final Past past;

  public AccountController(ReadModel readModel, Markets markets, Past past) {
    this.readModel = readModel;
    this.markets = markets;
    this.past = past;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(
            Method.GET,
            "/api/v3/account",
            "Account",
            "Account information and balances",
            Access.USER_DATA,
            20,
            List.of(
                Parameter.optional(
                    "omitZeroBalances", Type.BOOLEAN, "Leave out what is zero; default false.")),
            this::account),
        Endpoint.of(
            Method.GET,
            "/api/v3/myTrades",
            "Account",
            "Own trades",
            Access.USER_DATA,
            sent -> sent.has("orderId") ? 5 : 20,
            List.of(
                Parameter.mandatory("symbol", Type.STRING, "For example BTCUSDT."),
                Parameter.optional("orderId", Type.LONG, "Only trades of this order."),
                Parameter.optional("startTime", Type.LONG, ""),
                Parameter.optional("endTime", Type.LONG, "At most 24 hours after startTime."),
                Parameter.optional(
                    "fromId", Type.LONG, "Trades from this id on; no times with it."),
                Parameter.optional("limit", Type.INT, "Default 500, at most 1000.")),
            this::myTrades));
  }

  private CompletableFuture<Answer> account(Call call) {
    boolean omitZero = call.parameters().flag("omitZeroBalances", false);
    long account = call.account();
    AccountChanged settings =
        readModel
            .account(account)
            .orElseThrow(() -> new IllegalStateException("no account " + account));
    Rates rates = rates(settings.feeTier());
    boolean canTrade = settings.tradingEnabled() && !settings.killed();
    JsonWriter json = new JsonWriter(2_048).beginObject();
    json.field("makerCommission", rates.maker() / RATE_UNITS_PER_BASIS_POINT);
    json.field("takerCommission", rates.taker() / RATE_UNITS_PER_BASIS_POINT);
    json.field("buyerCommission", 0);
    json.field("sellerCommission", 0);
    json.name("commissionRates").beginObject();
    json.field("maker", rates.maker(), RATE_SCALE);
    json.field("taker", rates.taker(), RATE_SCALE);
    json.field("buyer", 0, RATE_SCALE);
    json.field("seller", 0, RATE_SCALE);
    json.endObject();
    json.field("canTrade", canTrade);
    json.field("canWithdraw", false);
    json.field("canDeposit", false);
    json.field("brokered", false);
    json.field("requireSelfTradePrevention", false);
    json.field("preventSor", false);
    call.time(json, "updateTime", updateTime(account));
    json.field("accountType", "SPOT");
    json.name("balances").beginArray();
    for (Balances.Balance balance : new Balances(readModel, markets).of(account)) {
      if (!omitZero || balance.total() != 0) {
        json.beginObject();
        json.field("asset", balance.asset().code());
        json.field("free", balance.free(), balance.asset().scale());
        json.field("locked", balance.held(), balance.asset().scale());
        json.endObject();
      }
    }
    json.endArray();
    json.name("permissions").beginArray().value("SPOT").endArray();
    json.field("uid", account);
    return CompletableFuture.completedFuture(Answer.ok(json.endObject()));
  }

  private record Rates(long maker, long taker) {}

  /** The tier's highest rates over all symbols: nobody pays more than what is published. */
  private Rates rates(int tier) {
    long maker = 0;
    long taker = 0;
    for (Market market : markets.all()) {
      FeesChanged fees = readModel.fees(market.id(), tier).orElse(null);
      if (fees != null) {
        maker = Math.max(maker, fees.makerRate());
        taker = Math.max(taker, fees.takerRate());
      }
    }
    return new Rates(maker, taker);
  }

  private long updateTime(long account) {
    return readModel.latestOrders(account, 0, 1).stream()
        .mapToLong(order -> order.updateTime())
        .max()
        .orElse(0);
  }

  private CompletableFuture<Answer> myTrades(Call call) {
    Parameters parameters = call.parameters();
    Market market = markets.named(parameters.mandatoryText("symbol"));
    OptionalLong orderId = Past.optional(parameters, "orderId");
    Page page = Past.page(parameters, "fromId");
    if (page.fromId().isPresent() && (page.startTime().isPresent() || page.endTime().isPresent())) {
      throw RequestErrors.badCombination();
    }
    return past.ask(() -> {
      List<FillView> fills = past.fills(call.account(), market.id(), orderId, page);
      JsonWriter json = new JsonWriter(64 + 320 * fills.size()).beginArray();
      fills.forEach(fill -> fill(json, call, market, fill));
      return Answer.ok(json.endArray());
    });
  }

  private void fill(JsonWriter json, Call call, Market market, FillView fill) {
    AssetChanged feeAsset = markets.asset(fill.feeAsset());
    json.beginObject();
    json.field("symbol", market.name());
    json.field("id", fill.tradeId());
    json.field("orderId", fill.orderId());
    json.field("orderListId", fill.orderListId());
    json.field("price", fill.price(), market.quoteScale());
    json.field("qty", fill.quantity(), market.baseScale());
    json.field("quoteQty", fill.quoteQuantity(), market.quoteScale());
    json.field("commission", fill.fee(), feeAsset.scale());
    json.field("commissionAsset", feeAsset.code());
    call.time(json, "time", fill.time());
    json.field("isBuyer", fill.buyer());
    json.field("isMaker", fill.maker());
    json.field("isBestMatch", true);
    json.endObject();
  }
}
