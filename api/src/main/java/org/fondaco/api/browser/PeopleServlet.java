package org.fondaco.api.browser;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.fondaco.api.error.ApiException;
import org.fondaco.api.error.Problem;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.error.VenueErrors;
import org.fondaco.api.http.ApiHandler;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.http.Reception;
import org.fondaco.api.http.Routes;
import org.fondaco.api.identity.User;
import org.fondaco.api.identity.Users;
import org.fondaco.api.security.Identity;
import org.fondaco.api.security.Permission;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/**
 * Serves the venue's own REST to those who have a session, or none yet: behind Spring Security's
 * filters, in front of {@link Reception}. Waits for the endpoint, on a virtual thread.
 */
final class PeopleServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final long WAIT_SECONDS = 30;
  private static final Set<Permission> ALL = EnumSet.allOf(Permission.class);

  private final transient Routes routes;
  private final transient Reception reception;
  private final transient Users users;
  private final transient CsrfTokenRepository tokens;

  PeopleServlet(Routes routes, Reception reception, Users users, CsrfTokenRepository tokens) {
    this.routes = routes;
    this.reception = reception;
    this.users = users;
    this.tokens = tokens;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Reception.Served served = serve(request, response);
    Problems.write(response, served.answer(), served.use());
  }

  private Reception.Served serve(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Routes.Match match = routes.find(request.getMethod(), request.getRequestURI());
    String address = address(request);
    if (match == null) {
      return reception.refuse(address, RequestErrors.notFound().error());
    }
    ServletVisit visit = new ServletVisit(request, response, tokens, address);
    Identity identity = identity(visit);
    try {
      boolean hasBody = match.endpoint().method().hasBody();
      String query = Optional.ofNullable(request.getQueryString()).orElse("");
      String body = hasBody ? body(request) : "";
      String type = request.getContentType();
      return reception
          .serve(
              match.endpoint(),
              address,
              () -> parameters(match, query, body, type, hasBody),
              (_, _, _) -> new Reception.Sender(identity, 0, 0, false, visit))
          .get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ApiException e) {
      return reception.refuse(address, e.error());
    } catch (TimeoutException | ExecutionException e) {
      return reception.refuse(address, VenueErrors.outcomeUnknown());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return reception.refuse(address, VenueErrors.outcomeUnknown());
    } finally {
      visit.close();
    }
  }

  private static Parameters parameters(
      Routes.Match match, String query, String body, @Nullable String type, boolean hasBody) {
    if (hasBody && !query.isEmpty()) {
      throw Problem.NOT_IN_QUERY.exception();
    }
    return Parameters.parse(match.pathValues(), query, body, type);
  }

  private @Nullable Identity identity(ServletVisit visit) {
    long userId = visit.userId();
    if (userId == 0) {
      return null;
    }
    long account = users.find(userId).map(User::account).orElse(0L);
    return new Identity("session " + visit.session(), userId, account, ALL);
  }

  private static String body(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > ApiHandler.BODY_BYTES_MAX) {
      throw RequestErrors.bodyTooLarge(ApiHandler.BODY_BYTES_MAX);
    }
    byte[] body = request.getInputStream().readNBytes(ApiHandler.BODY_BYTES_MAX + 1);
    if (body.length > ApiHandler.BODY_BYTES_MAX) {
      throw RequestErrors.bodyTooLarge(ApiHandler.BODY_BYTES_MAX);
    }
    if (body.length > 0 && !ApiHandler.readable(request.getContentType())) {
      throw Problem.BODY.error("The body must be a form or one flat JSON object.").exception();
    }
    return new String(body, StandardCharsets.ISO_8859_1);
  }

  static String address(HttpServletRequest request) {
    return request.getAttribute(ApiHandler.CLIENT_ADDRESS) instanceof String address
        ? address
        : request.getRemoteAddr();
  }
}
