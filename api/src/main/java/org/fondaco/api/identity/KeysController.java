package org.fondaco.api.identity;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.fondaco.api.error.Problem;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Admission;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.KeyInfo;
import org.fondaco.api.security.KeyRefused;
import org.fondaco.api.security.KeyRequest;
import org.fondaco.api.security.Permission;

/**
 * A person's own API keys. A key outlives the session that made it, so making one wants a recent
 * proof; by key none can be made, so that a stolen one stays one.
 */
final class KeysController {
  private static final String TAG = "API keys";
  private static final Admission SIGNED_IN = Admission.everyRole().bySessionOnly();

  private final People people;

  KeysController(People people) {
    this.people = people;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.GET,
            "/v1/api-keys",
            TAG,
            "Your keys, oldest first, without their secrets",
            SIGNED_IN,
            List.of(),
            people.workers().action(this::list)),
        Endpoint.own(
            Method.POST,
            "/v1/api-keys",
            TAG,
            "Make a key; the secret of an HMAC key is shown in this answer and never again",
            SIGNED_IN,
            List.of(
                Parameter.optional("label", Type.STRING, "At most 64 characters."),
                Parameter.mandatory(
                    "permissions",
                    Type.STRING,
                    "With commas, or an array: USER_DATA, TRADE, WITHDRAW, ADMINISTER, as far as"
                        + " your role may. WITHDRAW needs addresses."),
                Parameter.optional(
                    "addresses",
                    Type.STRING,
                    "Where it may be used from, with commas, or an array: addresses and prefixes."),
                Parameter.optional(
                    "publicKey",
                    Type.STRING,
                    "PEM of an RSA or Ed25519 key that you have made; without it an HMAC key is"
                        + " made.")),
            people.workers().action(this::make)),
        Endpoint.own(
            Method.DELETE,
            "/v1/api-keys/{apiKey}",
            TAG,
            "End one of your keys at once and for ever",
            SIGNED_IN,
            List.of(Parameter.inPath("apiKey", "As listed.")),
            people.workers().action(this::revoke)));
  }

  private Answer list(Call call) {
    JsonWriter json = new JsonWriter(1_024).beginArray();
    for (KeyInfo key : people.keys().ofUser(call.identity().userId())) {
      json.beginObject();
      json.field("apiKey", key.apiKey());
      json.field("type", key.type().name());
      json.field("label", key.label());
      json.field("account", key.account());
      json.name("permissions").beginArray();
      key.permissions().stream().map(Permission::name).sorted().forEach(json::value);
      json.endArray();
      json.name("addresses").beginArray();
      key.addresses().forEach(json::value);
      json.endArray();
      if (!key.publicKey().isEmpty()) {
        json.field("publicKey", key.publicKey());
      }
      call.time(
          json,
          "created",
          java.time.temporal.ChronoUnit.MICROS.between(java.time.Instant.EPOCH, key.createdAt()));
      json.endObject();
    }
    return Answer.ok(json.endArray());
  }

  private Answer make(Call call) {
    Parameters sent = call.parameters();
    User user = people.user(call);
    Set<Permission> permissions = permissions(sent.mandatoryText("permissions"), user);
    people.requireRecentProof(call);
    String label = sent.has("label") ? sent.mandatoryText("label") : "";
    String pem = sent.text("publicKey");
    String addresses = sent.text("addresses");
    try {
      KeyRequest request =
          KeyRequest.of(
              label, permissions, addresses == null ? List.of() : List.of(addresses.split(",")));
      return pem == null ? makeHmac(user, request) : makeFromPublicKey(user, request, pem);
    } catch (KeyRefused e) {
      throw refusal(e);
    }
  }

  private Answer makeHmac(User user, KeyRequest request) {
    ApiKeys.NewKey key = people.keys().createHmac(user.userId(), user.account(), request);
    audit(user, key.apiKey(), request);
    return new Answer(
        201,
        new JsonWriter(256)
            .beginObject()
            .field("apiKey", key.apiKey())
            .field("secretKey", key.secretKey())
            .field("type", "HMAC")
            .endObject(),
        null);
  }

  private Answer makeFromPublicKey(User user, KeyRequest request, String pem) {
    KeyInfo key = people.keys().createFromPublicKey(user.userId(), user.account(), request, pem);
    audit(user, key.apiKey(), request);
    return new Answer(
        201,
        new JsonWriter(256)
            .beginObject()
            .field("apiKey", key.apiKey())
            .field("type", key.type().name())
            .endObject(),
        null);
  }

  private Answer revoke(Call call) {
    User user = people.user(call);
    String apiKey = call.parameters().mandatoryText("apiKey");
    if (!people.keys().revoke(user.userId(), apiKey)) {
      throw Problem.NOT_FOUND.exception();
    }
    people.audit().note(user.name(), "key.revoked", "apiKey", apiKey);
    return Answer.ok(new JsonWriter(32).beginObject().field("revoked", true).endObject());
  }

  private void audit(User user, String apiKey, KeyRequest request) {
    people
        .audit()
        .note(
            user.name(),
            "key.made",
            "apiKey",
            apiKey,
            "permissions",
            request.permissions().stream().map(Permission::name).sorted().toList().toString());
  }

  private static Set<Permission> permissions(String text, User user) {
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    for (String name : text.split(",")) {
      try {
        permissions.add(Permission.valueOf(name.strip()));
      } catch (IllegalArgumentException e) {
        throw RequestErrors.invalidData("permissions");
      }
    }
    if (!user.role().permissions().containsAll(permissions)) {
      throw Problem.ROLE
          .error("Your role may have keys with " + user.role().permissions() + " only.")
          .about("permissions")
          .exception();
    }
    return permissions;
  }

  private static RuntimeException refusal(KeyRefused refused) {
    String parameter =
        switch (refused.reason()) {
          case TOO_MANY_KEYS -> "";
          case MALFORMED_PUBLIC_KEY, UNSUPPORTED_PUBLIC_KEY, WEAK_PUBLIC_KEY -> "publicKey";
          case PERMISSIONS -> "permissions";
          case ADDRESSES -> "addresses";
          case LABEL -> "label";
        };
    return parameter.isEmpty()
        ? Problem.CONFLICT.error(String.valueOf(refused.getMessage())).exception()
        : RequestErrors.invalidData(parameter, String.valueOf(refused.getMessage()));
  }
}
