package org.fondaco.api.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.stream.Collectors;
import org.fondaco.api.http.Access;
import org.fondaco.api.http.Admission;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;

/** Who may call, as security schemes and in words. */
final class Security {
  private static final String KEY = "ApiKey";
  private static final String SESSION = "Session";
  private static final String CSRF = "CsrfToken";

  private Security() {}

  static void schemes(Components components) {
    components.addSecuritySchemes(
        KEY,
        new SecurityScheme()
            .type(SecurityScheme.Type.APIKEY)
            .in(SecurityScheme.In.HEADER)
            .name("X-MBX-APIKEY")
            .description("And, unless it says otherwise, a signature by that key."));
    components.addSecuritySchemes(
        SESSION,
        new SecurityScheme()
            .type(SecurityScheme.Type.APIKEY)
            .in(SecurityScheme.In.COOKIE)
            .name("fondaco-session")
            .description("Set by POST /v1/session; __Host-fondaco-session where HTTPS is used."));
    components.addSecuritySchemes(
        CSRF,
        new SecurityScheme()
            .type(SecurityScheme.Type.APIKEY)
            .in(SecurityScheme.In.HEADER)
            .name("X-XSRF-TOKEN")
            .description(
                "Repeats the token that GET /v1/session answers and sets as cookie XSRF-TOKEN"
                    + " (__Host-XSRF-TOKEN where HTTPS is used)."));
  }

  static void of(Endpoint endpoint, Operation operation) {
    Admission admission = endpoint.admission();
    boolean changes = endpoint.method() != Method.GET;
    if (admission == null) {
      operation.security(
          endpoint.access() == Access.PUBLIC
              ? List.of()
              : List.of(new SecurityRequirement().addList(KEY)));
      return;
    }
    if (admission.open()) {
      operation.security(changes ? List.of(new SecurityRequirement().addList(CSRF)) : List.of());
      return;
    }
    SecurityRequirement session = new SecurityRequirement().addList(SESSION);
    operation.addSecurityItem(changes ? session.addList(CSRF) : session);
    if (!admission.sessionOnly()) {
      operation.addSecurityItem(new SecurityRequirement().addList(KEY));
    }
    operation.description(
        "Roles: "
            + admission.roles().stream().map(Enum::name).sorted().collect(Collectors.joining(", "))
            + ". "
            + (admission.sessionOnly()
                ? "By session only."
                : "By session, or signed by a key with "
                    + endpoint.access().permission().name()
                    + "."));
  }
}
