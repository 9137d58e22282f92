package org.fondaco.api.admin;

import static org.fondaco.db.schema.Tables.CUSTODY_ADDRESSES;
import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;

import java.util.List;
import java.util.Optional;
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
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.deposit.DepositException;
import org.jooq.DSLContext;

/** What people need of custody's chains: the house's addresses, reading again, going on. */
final class ChainsController {
  private final Optional<Custody> custody;
  private final DSLContext database;
  private final Desk desk;

  ChainsController(Optional<Custody> custody, DSLContext database, Desk desk) {
    this.custody = custody;
    this.database = database;
    this.desk = desk;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.GET,
            "/admin/v1/custody/addresses",
            Admin.TAG,
            "The house's addresses: hot wallets, and the gas station that needs the operator's ether",
            Admin.READERS,
            List.of(),
            desk.reading((call, person) -> addresses())),
        Endpoint.own(
            Method.POST,
            "/admin/v1/custody/rescan",
            Admin.TAG,
            "Read a chain again, for addresses that were not watched then; nothing is found twice",
            Admin.ADMINISTRATORS,
            List.of(
                Parameter.choice("chain", ChainName.class, true, "Whose blocks."),
                Parameter.mandatory("height", Type.LONG, "Blocks above it are read.")),
            desk.writing(this::rescan)),
        Endpoint.own(
            Method.POST,
            "/admin/v1/custody/resume",
            Admin.TAG,
            "Let a halted chain go on; a second administrator has to ask for the same",
            Admin.ADMINISTRATORS,
            List.of(
                Parameter.choice("chain", ChainName.class, true, "The halted one."),
                Parameter.optional(
                    "accepted",
                    Type.INT,
                    "Blocks below the cursor that its node may have replaced; default 0."),
                Parameter.optional("note", Type.STRING, "For the record.")),
            desk.writing(this::resume)));
  }

  private Answer resume(Call call, User person) {
    Custody present = CustodyController.present(custody);
    ChainName chain = call.parameters().choice("chain", ChainName.values());
    int accepted = call.parameters().wholeInt("accepted", 0);
    if (chain == null) {
      throw RequestErrors.invalidData("chain");
    }
    if (accepted < 0) {
      throw RequestErrors.invalidData("accepted");
    }
    return CustodyController.refusing(() -> {
      boolean resumed =
          present
              .transactions()
              .<Boolean>result(t ->
                  present.resume(t, chain, accepted, person.name(), CustodyController.note(call)));
      JsonWriter json = new JsonWriter(128).beginObject();
      json.field("chain", chain.name());
      json.field("resumed", resumed);
      return Answer.ok(json.endObject());
    });
  }

  /** The one in use of each tier; a restore watches thousands. */
  private Answer addresses() {
    var _ = CustodyController.present(custody);
    JsonWriter json = new JsonWriter(1_024).beginArray();
    database
        .select(CUSTODY_ADDRESSES.FAMILY, CUSTODY_ADDRESSES.TIER, CUSTODY_ADDRESSES.ADDRESS)
        .distinctOn(CUSTODY_ADDRESSES.FAMILY, CUSTODY_ADDRESSES.TIER)
        .from(CUSTODY_ADDRESSES)
        .where(CUSTODY_ADDRESSES.TIER.ne("CUSTOMER"))
        .and(CUSTODY_ADDRESSES.STATE.ne("RETIRED"))
        .orderBy(
            CUSTODY_ADDRESSES.FAMILY, CUSTODY_ADDRESSES.TIER, CUSTODY_ADDRESSES.ADDRESS_ID.desc())
        .forEach(row -> {
          json.beginObject();
          json.field("chain", row.value1());
          json.field("tier", row.value2());
          json.field("address", row.value3());
          json.endObject();
        });
    return Answer.ok(json.endArray());
  }

  private Answer rescan(Call call, User person) {
    Custody present = CustodyController.present(custody);
    ChainName chain = call.parameters().choice("chain", ChainName.values());
    long height = call.parameters().whole("height", 0);
    if (chain == null) {
      throw RequestErrors.invalidData("chain");
    }
    try {
      present.rescans().begin(chain, height, person.name());
    } catch (IllegalArgumentException e) {
      throw RequestErrors.invalidData("height");
    } catch (DepositException e) {
      throw Problem.CONFLICT.error(String.valueOf(e.getMessage()) + ".").exception();
    }
    JsonWriter json = new JsonWriter(128).beginObject();
    json.field("chain", chain.name());
    Long next =
        database
            .select(CUSTODY_CHAINS.RESCAN_NEXT)
            .from(CUSTODY_CHAINS)
            .where(CUSTODY_CHAINS.CHAIN.eq(chain.name()))
            .fetchOne(CUSTODY_CHAINS.RESCAN_NEXT);
    json.field("next", next == null ? -1 : next);
    return Answer.ok(json.endObject());
  }
}
