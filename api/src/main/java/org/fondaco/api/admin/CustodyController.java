package org.fondaco.api.admin;

import static org.fondaco.db.schema.Tables.ACCOUNTS;
import static org.fondaco.db.schema.Tables.CUSTODY_WITHDRAWALS;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.fondaco.api.error.Problem;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.identity.User;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.custody.Custody;
import org.fondaco.custody.breaks.RestoreLock;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.policy.Halts;
import org.fondaco.custody.policy.Person;
import org.fondaco.custody.policy.PolicyException;
import org.fondaco.custody.scan.ScanStatus;
import org.fondaco.custody.withdrawal.WithdrawalState;
import org.fondaco.db.schema.tables.records.CustodyWithdrawalsRecord;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What people see of custody and decide in it: withdrawals that wait for them, halts. */
final class CustodyController {
  private static final int ROWS_INITIAL = 100;
  private static final int ROWS_MAX = 1_000;
  private static final Parameter ID = Parameter.inPath("id", "Of the withdrawal.");
  private static final Parameter NOTE = Parameter.optional("note", Type.STRING, "For the record.");

  private final Optional<Custody> custody;
  private final DSLContext database;
  private final Desk desk;

  CustodyController(Optional<Custody> custody, DSLContext database, Desk desk) {
    this.custody = custody;
    this.database = database;
    this.desk = desk;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.GET,
            "/admin/v1/custody",
            Admin.TAG,
            "Where custody stands: chains, halts, troubles",
            Admin.READERS,
            List.of(),
            desk.reading((call, person) -> status())),
        Endpoint.own(
            Method.POST,
            "/admin/v1/custody/halt",
            Admin.TAG,
            "Stop withdrawals, of one asset or of all",
            Admin.OPERATORS,
            List.of(
                Parameter.optional("asset", Type.STRING, "Its code; all when absent."),
                Parameter.mandatory("reason", Type.STRING, "For the record.")),
            desk.repeatable(this::halt)),
        Endpoint.own(
            Method.POST,
            "/admin/v1/custody/halt/lift",
            Admin.TAG,
            "Let withdrawals go on; a second administrator has to ask for the same",
            Admin.ADMINISTRATORS,
            List.of(Parameter.optional("asset", Type.STRING, "Its code; all when absent."), NOTE),
            desk.writing(this::lift)),
        Endpoint.own(
            Method.GET,
            "/admin/v1/withdrawals",
            Admin.TAG,
            "Withdrawals, newest first",
            Admin.READERS,
            List.of(
                Parameter.choice("state", WithdrawalState.class, false, "Only those in it."),
                Parameter.optional("limit", Type.INT, "Default 100, at most 1000.")),
            desk.reading(this::withdrawals)),
        Endpoint.own(
            Method.POST,
            "/admin/v1/withdrawals/{id}/approval",
            Admin.TAG,
            "Approve a withdrawal that waits for people; nobody approves what leaves his account",
            Admin.ADMINISTRATORS,
            List.of(ID, NOTE),
            desk.writing((call, person) -> say(call, person, true))),
        Endpoint.own(
            Method.POST,
            "/admin/v1/withdrawals/{id}/rejection",
            Admin.TAG,
            "Reject a withdrawal that is not signed yet; its funds are released",
            Admin.ADMINISTRATORS,
            List.of(ID, NOTE),
            desk.writing((call, person) -> say(call, person, false))));
  }

  static Custody present(Optional<Custody> custody) {
    return custody.orElseThrow(
        () -> Problem.NOT_FOUND.error("Custody is switched off at this venue.").exception());
  }

  /** Somebody with the account that his name has at the venue, if he has one. */
  static Person person(DSLContext database, User user) {
    Long account =
        database
            .select(DSL.min(ACCOUNTS.ACCOUNT_ID))
            .from(ACCOUNTS)
            .where(ACCOUNTS.USER_ID.eq(user.userId()))
            .fetchOne(0, Long.class);
    return new Person(user.name(), account);
  }

  static Answer refusing(Supplier<Answer> act) {
    try {
      return act.get();
    } catch (PolicyException e) {
      throw Problem.CONFLICT.error(String.valueOf(e.getMessage()) + ".").exception();
    }
  }

  private Answer status() {
    Custody present = present(custody);
    Map<ChainName, RestoreLock.State> restores =
        RestoreLock.states(database).stream()
            .collect(Collectors.toMap(RestoreLock.State::chain, state -> state));
    JsonWriter json = new JsonWriter(1_024).beginObject().name("chains").beginArray();
    for (ScanStatus chain : present.statuses()) {
      json.beginObject();
      json.field("chain", chain.chain().name());
      json.field("state", chain.state().name());
      json.field("cursor", chain.cursor());
      json.field("tip", chain.tip());
      json.field("explanation", chain.explanation());
      restored(json, restores.get(chain.chain()));
      json.endObject();
    }
    json.endArray().name("halts").beginArray();
    for (Halts.Halt halt : Halts.open(database)) {
      json.beginObject();
      Integer asset = halt.asset();
      json.field("asset", asset == null ? "" : code(present, asset));
      json.field("reason", halt.reason());
      json.field("haltedBy", halt.haltedBy());
      json.field("haltedAt", halt.haltedAt().toString());
      String asked = halt.liftAskedBy();
      json.field("liftAskedBy", asked == null ? "" : asked);
      json.endObject();
    }
    json.endArray().name("troubles").beginArray();
    present.troubles().forEach(json::value);
    return Answer.ok(json.endArray().endObject());
  }

  /** Of a chain whose keys were brought back: whether it signs again. */
  private static void restored(JsonWriter json, RestoreLock.@Nullable State state) {
    if (state == null) {
      return;
    }
    Instant released = state.releasedAt();
    Long height = state.releasedHeight();
    json.name("restored").beginObject();
    json.field("at", state.restoredAt().toString());
    json.field("signs", released != null);
    if (released != null && height != null) {
      json.field("signsSince", released.toString());
      json.field("scannedTo", height);
    }
    json.endObject();
  }

  private static String code(Custody custody, int asset) {
    Asset known = custody.assets().get(asset);
    return known == null ? Integer.toString(asset) : known.code();
  }

  private @Nullable Integer asset(Call call) {
    String code = call.parameters().text("asset");
    if (code == null) {
      return null;
    }
    return present(custody).assets().values().stream()
        .filter(asset -> asset.code().equals(code))
        .map(Asset::id)
        .findAny()
        .orElseThrow(() -> RequestErrors.invalidData("asset"));
  }

  private Answer halt(Call call, User person) {
    Custody present = present(custody);
    Integer asset = asset(call);
    String reason = call.parameters().mandatoryText("reason");
    present.transactions().run(t -> present.halts().halt(t, asset, person.name(), reason));
    return status();
  }

  private Answer lift(Call call, User person) {
    Custody present = present(custody);
    Integer asset = asset(call);
    return refusing(() -> {
      present
          .transactions()
          .<Boolean>result(t -> present.halts().lift(t, asset, person.name(), note(call)));
      return status();
    });
  }

  static String note(Call call) {
    String note = call.parameters().text("note");
    return note == null ? "" : note;
  }

  private Answer withdrawals(Call call, User person) {
    Custody present = present(custody);
    int limit = call.parameters().wholeInt("limit", ROWS_INITIAL);
    if (limit < 1 || limit > ROWS_MAX) {
      throw RequestErrors.invalidData("limit");
    }
    WithdrawalState state = call.parameters().choice("state", WithdrawalState.values());
    JsonWriter json = new JsonWriter(4_096).beginArray();
    database
        .selectFrom(CUSTODY_WITHDRAWALS)
        .where(state == null ? DSL.noCondition() : CUSTODY_WITHDRAWALS.STATE.eq(state.name()))
        .orderBy(CUSTODY_WITHDRAWALS.WITHDRAWAL_ID.desc())
        .limit(limit)
        .forEach(row -> write(json, present, row));
    return Answer.ok(json.endArray());
  }

  private static void write(JsonWriter json, Custody custody, CustodyWithdrawalsRecord row) {
    Asset asset = custody.assets().get(row.getAsset());
    int scale = asset == null ? 0 : asset.scale();
    json.beginObject();
    json.field("id", row.getWithdrawalId());
    json.field("state", row.getState());
    json.field("account", row.getAccount());
    json.field("asset", code(custody, row.getAsset()));
    json.field("network", row.getChain());
    json.field("address", row.getAddress());
    json.field("amount", row.getAmount(), scale);
    json.field("fee", row.getFee(), scale);
    json.field("requestedAt", row.getRequestedAt().toInstant().toString());
    json.field("changedAt", row.getChangedAt().toInstant().toString());
    if (row.getReason() != null) {
      json.field("reason", row.getReason());
    }
    if (row.getAttention() != null) {
      json.field("attention", row.getAttention());
    }
    if (row.getPolicyTree() != null) {
      json.name("policy").json(row.getPolicyTree().data());
    }
    json.endObject();
  }

  private Answer say(Call call, User user, boolean approves) {
    Custody present = present(custody);
    long id = call.parameters().whole("id", 0);
    return refusing(() -> {
      present.review().say(id, person(database, user), approves, note(call));
      JsonWriter json = new JsonWriter(512);
      CustodyWithdrawalsRecord row =
          database
              .selectFrom(CUSTODY_WITHDRAWALS)
              .where(CUSTODY_WITHDRAWALS.WITHDRAWAL_ID.eq(id))
              .fetchOptional()
              .orElseThrow(Problem.NOT_FOUND::exception);
      write(json, present, row);
      return Answer.ok(json);
    });
  }
}
