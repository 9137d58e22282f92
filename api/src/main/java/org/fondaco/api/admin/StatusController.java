package org.fondaco.api.admin;

import static org.fondaco.db.schema.Tables.AUDIT_LOG;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.identity.User;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.engine.readmodel.ReadModel;
import org.jooq.DSLContext;

/** How the venue does, and who did what to it. */
final class StatusController {
  private static final int ROWS_INITIAL = 500;
  private static final int ROWS_MAX = 1_000;

  private final ReadModel readModel;
  private final EngineState engine;
  private final DSLContext database;
  private final Desk desk;

  StatusController(ReadModel readModel, EngineState engine, DSLContext database, Desk desk) {
    this.readModel = readModel;
    this.engine = engine;
    this.database = database;
    this.desk = desk;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.GET,
            "/admin/v1/status",
            Admin.TAG,
            "Sequences of engine and history, journal, halt",
            Admin.READERS,
            List.of(),
            desk.reading(this::status)),
        Endpoint.own(
            Method.GET,
            "/admin/v1/audit",
            Admin.TAG,
            "Rows of the audit log, oldest first",
            Admin.READERS,
            List.of(
                Parameter.optional("fromSeq", Type.LONG, "First row, default 1."),
                Parameter.optional("limit", Type.INT, "Default 500, at most 1000.")),
            desk.reading(this::audit)));
  }

  private Answer status(Call call, User person) {
    long sequence = readModel.sequence();
    long watermark = readModel.watermark();
    return Answer.ok(
        new JsonWriter(192)
            .beginObject()
            .field("sequence", sequence)
            .field("watermark", watermark)
            .field("projectorLag", Math.max(0, sequence - watermark))
            .field("journalBytes", engine.journalBytes())
            .field("halted", engine.halted())
            .endObject());
  }

  private Answer audit(Call call, User person) {
    int limit = call.parameters().wholeInt("limit", ROWS_INITIAL);
    if (limit < 1 || limit > ROWS_MAX) {
      throw RequestErrors.invalidData("limit");
    }
    JsonWriter json = new JsonWriter(4_096).beginArray();
    database
        .selectFrom(AUDIT_LOG)
        .where(AUDIT_LOG.SEQ.ge(call.parameters().whole("fromSeq", 1)))
        .orderBy(AUDIT_LOG.SEQ)
        .limit(limit)
        .forEach(row -> {
          json.beginObject();
          json.field("seq", row.getSeq());
          call.time(json, "time", ChronoUnit.MICROS.between(Instant.EPOCH, row.getAt()));
          json.field("actor", row.getActor());
          json.field("action", row.getAction());
          json.field("detail", row.getDetail().data());
          json.field("prevHash", HexFormat.of().formatHex(row.getPrevHash()));
          json.field("hash", HexFormat.of().formatHex(row.getHash()));
          json.endObject();
        });
    return Answer.ok(json.endArray());
  }
}
