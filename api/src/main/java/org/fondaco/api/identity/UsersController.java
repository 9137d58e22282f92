package org.fondaco.api.identity;

import java.util.List;
import org.fondaco.api.error.Problem;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Admission;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.number.Decimals;
import org.fondaco.api.security.KeyInfo;
import org.fondaco.api.security.Role;

/**
 * Who is who, as administrators decide. Nobody decides about himself; whoever is given another role
 * or locked is signed out at once, and keys that the new role may not have end with the old one.
 */
final class UsersController {
  private static final String TAG = "Users";
  private static final Parameter USER = Parameter.inPath("userId", "As listed.");
  private static final Admission BY_PERSON = Admission.of(Role.ADMINISTRATOR).bySessionOnly();

  private final People people;

  UsersController(People people) {
    this.people = people;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.GET,
            "/admin/v1/users",
            TAG,
            "All users, in the order of their making",
            Admission.of(Role.AUDITOR, Role.ADMINISTRATOR),
            List.of(),
            people.workers().action(this::list)),
        Endpoint.own(
            Method.PUT,
            "/admin/v1/users/{userId}/role",
            TAG,
            "Give another user a role",
            BY_PERSON,
            List.of(USER, Parameter.choice("role", Role.class, true, "")),
            people.workers().action(this::setRole)),
        Endpoint.own(
            Method.PUT,
            "/admin/v1/users/{userId}/locked",
            TAG,
            "Lock another user out, keys included, or let the user in again",
            BY_PERSON,
            List.of(USER, Parameter.mandatory("locked", Type.BOOLEAN, "")),
            people.workers().action(this::setLocked)));
  }

  private Answer list(Call call) {
    JsonWriter json = new JsonWriter(2_048).beginArray();
    for (User user : people.users().all()) {
      UserJson.fields(json.beginObject(), user).endObject();
    }
    return Answer.ok(json.endArray());
  }

  private Answer setRole(Call call) {
    Role role = call.parameters().choice("role", Role.values());
    if (role == null) {
      throw RequestErrors.mandatory("role");
    }
    people.requireRecentProof(call);
    User by = people.user(call);
    User user = another(call, by);
    people
        .database()
        .transaction(configuration -> {
          Users.setRole(configuration.dsl(), user.userId(), role);
          SecurityAudit.note(
              configuration.dsl(),
              by.name(),
              "user.role",
              "user",
              user.name(),
              "from",
              user.role().name(),
              "to",
              role.name());
        });
    User changed = people.users().reload(user.userId()).orElseThrow();
    people.sessions().endAll(user.userId(), null);
    for (KeyInfo key : people.keys().ofUser(user.userId())) {
      if (!role.permissions().containsAll(key.permissions())) {
        people.keys().revoke(user.userId(), key.apiKey());
        people.audit().note(by.name(), "key.revoked", "apiKey", key.apiKey(), "user", user.name());
      }
    }
    return answer(changed);
  }

  private Answer setLocked(Call call) {
    call.parameters().mandatoryText("locked");
    boolean locked = call.parameters().flag("locked", false);
    people.requireRecentProof(call);
    User by = people.user(call);
    User user = another(call, by);
    people
        .database()
        .transaction(configuration -> {
          Users.setLocked(configuration.dsl(), user.userId(), locked);
          SecurityAudit.note(
              configuration.dsl(),
              by.name(),
              locked ? "user.locked" : "user.unlocked",
              "user",
              user.name());
        });
    User changed = people.users().reload(user.userId()).orElseThrow();
    if (locked) {
      people.keys().suspend(user.userId());
      people.sessions().endAll(user.userId(), null);
    } else {
      people.keys().resume(user.userId());
    }
    return answer(changed);
  }

  private User another(Call call, User by) {
    long userId = Decimals.whole("userId", call.parameters().mandatoryText("userId"));
    if (userId == by.userId()) {
      throw Problem.OWN_USER.exception();
    }
    return people.users().reload(userId).orElseThrow(Problem.NOT_FOUND::exception);
  }

  private static Answer answer(User user) {
    return Answer.ok(UserJson.fields(new JsonWriter(192).beginObject(), user).endObject());
  }
}
