package org.fondaco.api.wallet;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.fondaco.api.http.Access;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.past.Past;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.Identity;
import org.fondaco.api.security.KeyInfo;
import org.fondaco.api.security.Permission;
import org.fondaco.api.symbol.Market;
import org.fondaco.api.symbol.Markets;
import org.fondaco.engine.protocol.EngineEvent.AccountChanged;
import org.fondaco.engine.protocol.SymbolStatus;
import org.fondaco.engine.readmodel.ReadModel;

/** What state the venue, the account and the key are in [Binance wallet API §Account, §Others]. */
final class StatusController {
  private final ReadModel readModel;
  private final Markets markets;
  private final ApiKeys keys;
  private final Past past;

  StatusController(ReadModel readModel, Markets markets, ApiKeys keys, Past past) {
    this.readModel = readModel;
    this.markets = markets;
    this.keys = keys;
    this.past = past;
  }

  List<Endpoint> endpoints() {
    return List.of(
        get("system/status", "System status", Access.PUBLIC, this::system),
        get("account/status", "Account status", Access.USER_DATA, this::account),
        get("account/info", "Level and products of the account", Access.USER_DATA, this::info),
        get(
            "account/apiTradingStatus",
            "Whether the account may trade",
            Access.USER_DATA,
            this::trading),
        get(
            "account/apiRestrictions",
            "What the key that asks may do",
            Access.USER_DATA,
            this::restrictions));
  }

  private static Endpoint get(String path, String summary, Access access, Endpoint.Action action) {
    return Endpoint.of(
        Method.GET, "/sapi/v1/" + path, "Wallet", summary, access, 1, List.of(), action);
  }

  /** Maintenance: there are symbols, and none of them can be traded now. */
  private CompletableFuture<Answer> system(Call call) {
    List<Market> all = markets.all();
    boolean normal =
        all.isEmpty()
            || all.stream().anyMatch(market -> market.symbol().status() == SymbolStatus.TRADING);
    JsonWriter json = new JsonWriter(64).beginObject();
    json.field("status", normal ? 0 : 1);
    json.field("msg", normal ? "normal" : "system_maintenance");
    return done(json.endObject());
  }

  private boolean locked(long account) {
    return readModel
        .account(account)
        .map(settings -> settings.killed() || !settings.tradingEnabled())
        .orElse(true);
  }

  private CompletableFuture<Answer> account(Call call) {
    JsonWriter json = new JsonWriter(64).beginObject();
    json.field("data", locked(call.account()) ? "Locked" : "Normal");
    return done(json.endObject());
  }

  private CompletableFuture<Answer> info(Call call) {
    JsonWriter json = new JsonWriter(160).beginObject();
    json.field(
        "vipLevel", readModel.account(call.account()).map(AccountChanged::feeTier).orElse(0));
    json.field("isMarginEnabled", false);
    json.field("isFutureEnabled", false);
    json.field("isOptionsEnabled", false);
    json.field("isPortfolioMarginRetailEnabled", false);
    return done(json.endObject());
  }

  /** No behaviour locks an account here, so no condition has a threshold. */
  private CompletableFuture<Answer> trading(Call call) {
    JsonWriter json = new JsonWriter(160).beginObject();
    json.name("data").beginObject();
    json.field("isLocked", locked(call.account()));
    json.field("plannedRecoverTime", 0);
    json.name("triggerCondition").beginObject();
    json.field("GCR", 0).field("IFER", 0).field("UFR", 0);
    json.endObject();
    json.field("updateTime", 0);
    return done(json.endObject().endObject());
  }

  private CompletableFuture<Answer> restrictions(Call call) {
    Identity identity = call.identity();
    return past.ask(() -> {
      KeyInfo key =
          keys.ofUser(identity.userId()).stream()
              .filter(info -> info.apiKey().equals(identity.credential()))
              .findFirst()
              .orElse(null);
      Set<Permission> permissions = identity.permissions();
      JsonWriter json = new JsonWriter(512).beginObject();
      json.field("ipRestrict", key != null && !key.addresses().isEmpty());
      json.field("createTime", key == null ? 0 : key.createdAt().toEpochMilli());
      json.field("enableReading", permissions.contains(Permission.USER_DATA));
      json.field("enableWithdrawals", permissions.contains(Permission.WITHDRAW));
      json.field("enableInternalTransfer", false);
      json.field("enableMargin", false);
      json.field("enableFutures", false);
      json.field("permitsUniversalTransfer", false);
      json.field("enableVanillaOptions", false);
      json.field("enableFixApiTrade", false);
      json.field("enableFixReadOnly", false);
      json.field("enableSpotAndMarginTrading", permissions.contains(Permission.TRADE));
      json.field("enablePortfolioMarginTrading", false);
      return Answer.ok(json.endObject());
    });
  }

  private static CompletableFuture<Answer> done(JsonWriter json) {
    return CompletableFuture.completedFuture(Answer.ok(json));
  }
}
