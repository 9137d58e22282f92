package org.fondaco.api.admin;

import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.fondaco.api.audit.AuditLog;
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
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.movement.Movement;
import org.fondaco.custody.movement.Movements;
import org.fondaco.custody.payout.Payouts;
import org.fondaco.custody.payout.evm.UnsignedEvm;
import org.fondaco.custody.payout.utxo.OwnInput;
import org.fondaco.custody.payout.utxo.UnsignedUtxo;
import org.jooq.DSLContext;
import org.jooq.JSONB;

/**
 * The way of a movement out of the cold tier: its unsigned transaction leaves, to where the key is,
 * and comes back signed. What comes back must be what left.
 */
final class ColdController {
  private static final HexFormat HEX = HexFormat.of();
  private static final Parameter ID = Parameter.inPath("id", "Of the movement.");

  private final Optional<Custody> custody;
  private final DSLContext database;
  private final Desk desk;

  ColdController(Optional<Custody> custody, DSLContext database, Desk desk) {
    this.custody = custody;
    this.database = database;
    this.desk = desk;
  }

  /** A movement that a group of payouts moves. */
  private record Moving(Asset asset, Payouts payouts, long group) {}

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.GET,
            "/admin/v1/movements/{id}/unsigned",
            Admin.TAG,
            "The transaction of a movement out of the cold tier, to be signed where its key is:"
                + " BIP-174 where a wallet needs no more, the fields of EIP-1559 on account chains",
            Admin.ADMINISTRATORS,
            List.of(ID),
            desk.reading((call, person) -> unsigned(call))),
        Endpoint.own(
            Method.POST,
            "/admin/v1/movements/{id}/signed",
            Admin.TAG,
            "Bring it back; it goes out if it is the same transaction and every signature holds",
            Admin.ADMINISTRATORS,
            List.of(
                ID,
                Parameter.mandatory(
                    "transaction", Type.STRING, "Raw in hexadecimal, or BIP-174 in base64.")),
            desk.writing(this::signed)));
  }

  private Moving moving(Call call) {
    Custody present = CustodyController.present(custody);
    Movement movement =
        Movements.byId(database, call.parameters().whole("id", 0))
            .orElseThrow(Problem.NOT_FOUND::exception);
    Asset asset = present.assets().get(movement.asset());
    Long group = movement.groupId();
    if (asset == null || group == null) {
      throw Problem.CONFLICT.error("There is no transaction yet.").exception();
    }
    return new Moving(asset, present.payouts(asset.chain()).orElseThrow(), group);
  }

  private Answer unsigned(Call call) {
    Moving moving = moving(call);
    byte[] unsigned;
    try {
      unsigned = moving.payouts.exported(moving.group);
    } catch (IllegalArgumentException e) {
      throw Problem.CONFLICT.error("It waits for no signature.").exception();
    }
    JsonWriter json = new JsonWriter(2_048).beginObject();
    json.field("network", moving.asset.chain().name());
    json.field("payout", moving.group);
    json.field("digest", Digest.sha256(unsigned).toString());
    if (moving.asset.chain().hasOutputs()) {
      outputs(json, UnsignedUtxo.decode(unsigned));
    } else {
      account(json, UnsignedEvm.decode(unsigned));
    }
    return Answer.ok(json.endObject());
  }

  private static void outputs(JsonWriter json, UnsignedUtxo unsigned) {
    json.field("raw", HEX.formatHex(unsigned.serialize()));
    unsigned
        .partiallySigned()
        .ifPresent(psbt -> json.field("psbt", Base64.getEncoder().encodeToString(psbt)));
    json.name("inputs").beginArray();
    for (OwnInput input : unsigned.inputs()) {
      json.beginObject();
      json.field("txid", input.txid());
      json.field("vout", input.vout());
      json.field("atoms", input.atoms());
      json.field("script", HEX.formatHex(input.script()));
      json.field("key", input.key());
      json.endObject();
    }
    json.endArray();
  }

  private static void account(JsonWriter json, UnsignedEvm unsigned) {
    json.field("raw", "0x" + HEX.formatHex(unsigned.encode()));
    json.field("signingHash", "0x" + unsigned.digest());
    json.field("chainId", unsigned.chainId());
    json.field("nonce", unsigned.nonce());
    json.field("gas", unsigned.gas());
    BigInteger tip = unsigned.tip();
    json.field(tip == null ? "gasPrice" : "maxFeePerGas", unsigned.price().toString());
    if (tip != null) {
      json.field("maxPriorityFeePerGas", tip.toString());
    }
    json.field("to", "0x" + HEX.formatHex(unsigned.to()));
    json.field("value", unsigned.value().toString());
    json.field("data", "0x" + HEX.formatHex(unsigned.data()));
  }

  private Answer signed(Call call, User person) {
    Moving moving = moving(call);
    byte[] transaction = bytes(call.parameters().mandatoryText("transaction"));
    try {
      moving.payouts.imported(moving.group, transaction);
    } catch (IllegalArgumentException e) {
      throw Problem.CONFLICT.error("Not taken: " + e.getMessage() + ".").exception();
    }
    String detail = "{\"payout\":" + moving.group + "}";
    CustodyController.present(custody)
        .transactions()
        .run(t -> AuditLog.append(t, person.name(), "movement.signed", JSONB.valueOf(detail)));
    JsonWriter json = new JsonWriter(64).beginObject();
    return Answer.ok(json.field("payout", moving.group).endObject());
  }

  private static byte[] bytes(String text) {
    String digits = text.startsWith("0x") ? text.substring(2) : text;
    try {
      return digits.matches("([0-9a-fA-F]{2})+")
          ? HEX.parseHex(digits)
          : Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw RequestErrors.invalidData("transaction");
    }
  }
}
