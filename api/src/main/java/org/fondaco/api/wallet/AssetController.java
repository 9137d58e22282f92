package org.fondaco.api.wallet;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
import org.fondaco.api.wallet.Capital.Network;
import org.fondaco.engine.protocol.EngineEvent.AccountChanged;
import org.fondaco.engine.protocol.EngineEvent.AssetChanged;
import org.fondaco.engine.protocol.EngineEvent.FeesChanged;
import org.fondaco.engine.readmodel.ReadModel;
import org.jspecify.annotations.Nullable;

/** Assets, balances and fees [Binance wallet API §Asset, §Capital]. */
final class AssetController {
  private static final int RATE_SCALE = 8;
  private static final String NO_CUSTODY = "This asset is not on any chain that custody serves.";

  private final ReadModel readModel;
  private final Markets markets;
  private final Balances balances;
  private final Counter counter;

  AssetController(ReadModel readModel, Markets markets, Counter counter) {
    this.counter = counter;
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
            counter.either(this::all)),
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
            counter.either(this::detail)),
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

  /** Without custody no asset has a network, and nothing can be moved in or out. */
  private Answer all(Optional<Capital> custody, Call call) {
    List<Network> networks = custody.map(Capital::networks).orElse(List.of());
    Map<Integer, Long> withdrawing =
        custody.map(capital -> capital.withdrawing(call.account())).orElse(Map.of());
    JsonWriter json = new JsonWriter(4_096).beginArray();
    for (Balance balance : balances.of(call.account())) {
      int id = balance.asset().asset();
      int scale = balance.asset().scale();
      List<Network> own = networks.stream().filter(network -> network.asset() == id).toList();
      // The balance may be a little older or newer than the withdrawals.
      long leaving = Math.min(balance.held(), withdrawing.getOrDefault(id, 0L));
      json.beginObject();
      json.field("coin", balance.asset().code());
      json.field("depositAllEnable", own.stream().anyMatch(each -> each.depositHalt() == null));
      json.field("free", balance.free(), scale);
      json.field("freeze", 0, scale);
      json.field("ipoable", 0, scale);
      json.field("ipoing", 0, scale);
      json.field("isLegalMoney", false);
      json.field("locked", balance.held() - leaving, scale);
      json.field("name", balance.asset().code());
      json.name("networkList").beginArray();
      own.forEach(network -> NetworkJson.write(json, network));
      json.endArray();
      json.field("storage", 0, scale);
      json.field("trading", true);
      json.field("withdrawAllEnable", own.stream().anyMatch(each -> each.withdrawHalt() == null));
      json.field("withdrawing", leaving, scale);
      json.endObject();
    }
    return Answer.ok(json.endArray());
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

  private Answer detail(Optional<Capital> custody, Call call) {
    List<Network> networks = custody.map(Capital::networks).orElse(List.of());
    String only = call.parameters().text("asset");
    JsonWriter json = new JsonWriter(1_024).beginObject();
    for (AssetChanged asset : markets.assets()) {
      if (wanted(asset, only)) {
        Network network =
            networks.stream()
                .filter(each -> each.asset() == asset.asset())
                .findFirst()
                .orElse(null);
        json.name(asset.code()).beginObject();
        long fee = network == null ? 0 : network.fee();
        json.field(
            "minWithdrawAmount", network == null ? 0 : network.minimum() + fee, asset.scale());
        json.field("depositStatus", network != null && network.depositHalt() == null);
        json.field("withdrawFee", fee, asset.scale());
        json.field("withdrawStatus", network != null && network.withdrawHalt() == null);
        if (network == null) {
          json.field("depositTip", NO_CUSTODY);
        } else if (network.depositHalt() != null) {
          json.field("depositTip", Objects.requireNonNull(network.depositHalt()));
        }
        json.endObject();
      }
    }
    return Answer.ok(json.endObject());
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
