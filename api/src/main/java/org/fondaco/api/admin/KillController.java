package org.fondaco.api.admin;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.api.audit.AuditLog;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.identity.User;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.venue.VenueControl;
import org.fondaco.engine.protocol.KillScope;
import org.jooq.JSONB;

/**
 * The kill switch. One administrator pulls it, and it works without the database; two put it back:
 * one proposes, another confirms within ten minutes. Proposals are in memory only, and pulling the
 * switch again drops them.
 */
final class KillController {
  private static final long PROPOSAL_NANOS = Duration.ofMinutes(10).toNanos();

  private final VenueControl control;
  private final AuditLog audit;
  private final Desk desk;
  private final Map<Target, Proposal> proposals = new HashMap<>();

  private record Target(KillScope scope, long account) {}

  private record Proposal(String by, long nanos) {}

  KillController(VenueControl control, AuditLog audit, Desk desk) {
    this.control = control;
    this.audit = audit;
    this.desk = desk;
  }

  List<Endpoint> endpoints() {
    List<Parameter> target =
        List.of(
            Parameter.choice("scope", KillScope.class, true, ""),
            Parameter.optional("account", Type.LONG, "Of scope ACCOUNT only: which one."));
    return List.of(
        Endpoint.own(
            Method.POST,
            "/admin/v1/kill",
            Admin.TAG,
            "Stop an account or the venue at once: new orders are refused, open ones expire",
            Admin.OPERATORS,
            target,
            desk.repeatable(this::kill)),
        Endpoint.own(
            Method.POST,
            "/admin/v1/kill/lift",
            Admin.TAG,
            "Propose to lift a kill, or confirm what another administrator proposed",
            Admin.OPERATORS,
            target,
            desk.writing(this::lift)));
  }

  private Answer kill(Call call, User person) {
    Target target = target(call);
    synchronized (proposals) {
      proposals.remove(target);
    }
    Desk.require(control.kill(person.name(), target.scope(), target.account()));
    return answer(200, target, "KILLED");
  }

  private Answer lift(Call call, User person) {
    Target target = target(call);
    synchronized (proposals) {
      Proposal proposal = proposals.get(target);
      if (proposal == null || System.nanoTime() - proposal.nanos() > PROPOSAL_NANOS) {
        audit.append(person.name(), "venue.kill.lift.proposed", detail(target));
        proposals.put(target, new Proposal(person.name(), System.nanoTime()));
        return answer(202, target, "PROPOSED");
      }
      if (proposal.by().equals(person.name())) {
        throw new ApiError(-1002, "Another administrator has to confirm.", 409).exception();
      }
      Desk.require(
          control.liftKill(proposal.by(), person.name(), target.scope(), target.account()));
      proposals.remove(target);
      return answer(200, target, "LIFTED");
    }
  }

  private static Target target(Call call) {
    KillScope scope = call.parameters().choice("scope", KillScope.values());
    if (scope == null) {
      throw RequestErrors.mandatory("scope");
    }
    return switch (scope) {
      case VENUE -> {
        if (call.parameters().has("account")) {
          throw RequestErrors.badCombination();
        }
        yield new Target(scope, 0);
      }
      case ACCOUNT -> {
        call.parameters().mandatoryText("account");
        yield new Target(scope, call.parameters().whole("account", 0));
      }
    };
  }

  private static JSONB detail(Target target) {
    return JSONB.valueOf(
        "{\"scope\":\"%s\",\"account\":%d}".formatted(target.scope(), target.account()));
  }

  private static Answer answer(int status, Target target, String state) {
    JsonWriter json =
        new JsonWriter(96)
            .beginObject()
            .field("scope", target.scope().name())
            .field("account", target.account())
            .field("state", state)
            .endObject();
    return new Answer(status, json, null);
  }
}
