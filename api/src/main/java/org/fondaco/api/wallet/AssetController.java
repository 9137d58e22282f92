package org.fondaco.api.wallet;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.fondaco.api.account.Balances;
import org.fondaco.api.account.Balances.Balance;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Access;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.symbol.Market;
import org.fondaco.api.symbol.Markets;
import org.fondaco.engine.protocol.EngineEvent.AccountChanged;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;
import org.fondaco.engine.protocol.EngineEvent.FeesChanged;
import org.fondaco.engine.readmodel.ReadModel;
import org.jspecify.annotations.Nullable;

/** Assets, balances and fees [Binance wallet API §Asset, §Capital]. */
final class AssetController {
  private static final int RATE_SCALE = 8;
  private static final String NO_CUSTODY =
      "Deposits and withdrawals come with custody, which this venue does not have yet.";

  private final ReadModel readModel;
  private final Markets markets;
  private final Balances balances;

  AssetController(ReadModel readModel, Markets markets) {
    this.readModel = readModel;
    this.markets = markets;
    this.balances = new Balances(readModel, markets);
  }

  List<Endpoint> endpoints() {
    Parameter asset = Parameter.optional("asset", Type.STRING, "Only this one, for example BTC.");
    return List.of(
        endpoint(
            Method.GET,
            "/sapi/v1/capital/config/getall",
            "All assets with balances and networks",
            10,
            List.of(),
            this::all),
        endpoint(
            Method.POST,
            "/sapi/v3/asset/getUserAsset",
            "Assets that the account has",
            5,
            List.of(
                asset,
                Parameter.optional(
                    "needBtcValuation", Type.BOOLEAN, "Must be false: nothing is valued.")),
            this::owned),
        endpoint(
            Method.GET,
            "/sapi/v1/asset/assetDetail",
            "Deposit and withdrawal status of assets",
            1,
            List.of(asset),
            this::detail),
        endpoint(
            Method.GET,
            "/sapi/v1/asset/tradeFee",
            "Commission rates by symbol",
            1,
            List.of(Parameter.optional("symbol", Type.STRING, "Only this one.")),
            this::tradeFees));
  }

  private static Endpoint endpoint(
      Method method,
      String path,
      String summary,
      int weight,
      List<Parameter> parameters,
      Endpoint.Action action) {
    return Endpoint.of(
        method, path, "Wallet", summary, Access.USER_DATA, weight, parameters, action);
  }

  /** There are no chains yet, so no asset has a network and nothing can be moved in or out. */
  private CompletableFuture<Answer> all(Call call) {
    JsonWriter json = new JsonWriter(2_048).beginArray();
    for (Balance balance : balances.of(call.account())) {
      int scale = balance.asset().scale();
      json.beginObject();
      json.field("coin", balance.asset().code());
      json.field("depositAllEnable", false);
      json.field("free", balance.free(), scale);
      json.field("freeze", 0, scale);
      json.field("ipoable", 0, scale);
      json.field("ipoing", 0, scale);
      json.field("isLegalMoney", false);
      json.field("locked", balance.held(), scale);
      json.field("name", balance.asset().code());
      json.name("networkList").beginArray().endArray();
      json.field("storage", 0, scale);
      json.field("trading", true);
      json.field("withdrawAllEnable", false);
      json.field("withdrawing", 0, scale);
      json.endObject();
    }
    return done(json.endArray());
  }

  private CompletableFuture<Answer> owned(Call call) {
    String only = call.parameters().text("asset");
    if (call.parameters().flag("needBtcValuation", false)) {
      throw RequestErrors.invalidData("needBtcValuation");
    }
    JsonWriter json = new JsonWriter(1_024).beginArray();
    for (Balance balance : balances.of(call.account())) {
      AssetChanged asset = balance.asset();
      if (wanted(asset, only) && balance.total() > 0) {
        json.beginObject();
        json.field("asset", asset.code());
        json.field("free", balance.free(), asset.scale());
        json.field("locked", balance.held(), asset.scale());
        json.field("freeze", 0, asset.scale());
        json.field("withdrawing", 0, asset.scale());
        json.field("ipoable", 0, asset.scale());
        json.field("btcValuation", "0");
        json.endObject();
      }
    }
    return done(json.endArray());
  }

  private CompletableFuture<Answer> detail(Call call) {
    String only = call.parameters().text("asset");
    JsonWriter json = new JsonWriter(1_024).beginObject();
    for (AssetChanged asset : markets.assets()) {
      if (wanted(asset, only)) {
        json.name(asset.code()).beginObject();
        json.field("minWithdrawAmount", 0, asset.scale());
        json.field("depositStatus", false);
        json.field("withdrawFee", 0, asset.scale());
        json.field("withdrawStatus", false);
        json.field("depositTip", NO_CUSTODY);
        json.endObject();
      }
    }
    return done(json.endObject());
  }

  private CompletableFuture<Answer> tradeFees(Call call) {
    String only = call.parameters().text("symbol");
    List<Market> wanted = only == null ? markets.all() : List.of(markets.named(only));
    int tier = readModel.account(call.account()).map(AccountChanged::feeTier).orElse(0);
    JsonWriter json = new JsonWriter(1_024).beginArray();
    for (Market market : wanted) {
      FeesChanged fees = readModel.fees(market.id(), tier).orElse(null);
      json.beginObject();
      json.field("symbol", market.name());
      json.field("makerCommission", fees == null ? 0 : fees.makerRate(), RATE_SCALE);
      json.field("takerCommission", fees == null ? 0 : fees.takerRate(), RATE_SCALE);
      json.endObject();
    }
    return done(json.endArray());
  }

  private static boolean wanted(AssetChanged asset, @Nullable String only) {
    return only == null || asset.code().equals(only);
  }

  private static CompletableFuture<Answer> done(JsonWriter json) {
    return CompletableFuture.completedFuture(Answer.ok(json));
  }
}
