package org.fondaco.api.browser;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.fondaco.api.error.VenueErrors;
import org.fondaco.api.http.Visit;
import org.fondaco.api.session.PeopleSessions;
import org.fondaco.api.session.Sessions;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/**
 * A visit in a servlet. The endpoint works on another thread while the servlet's waits; each holds
 * the lock while it touches the request, and once the servlet has given up nothing changes any
 * more.
 */
final class ServletVisit implements Visit {
  private static final int AGENT_LENGTH_MAX = 200;
  private static final String PROVEN = "provenMicros";
  private static final String SECOND = "secondFactor";
  private static final String NOTE = "note.";

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final CsrfTokenRepository tokens;
  private final String address;
  private String csrfToken;
  private boolean over;

  ServletVisit(
      HttpServletRequest request,
      HttpServletResponse response,
      CsrfTokenRepository tokens,
      String address) {
    this.request = request;
    this.response = response;
    this.tokens = tokens;
    this.address = address;
    // Reading it makes one, and its cookie, for a browser that has none.
    this.csrfToken = ((CsrfToken) request.getAttribute(CsrfToken.class.getName())).getToken();
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public synchronized String agent() {
    String agent = request.getHeader("User-Agent");
    if (agent == null) {
      return "";
    }
    return agent.length() > AGENT_LENGTH_MAX ? agent.substring(0, AGENT_LENGTH_MAX) : agent;
  }

  @Override
  public synchronized String csrfToken() {
    return csrfToken;
  }

  /** Whose session it is, 0 = nobody's. */
  synchronized long userId() {
    String user = read(Sessions.USER);
    return user == null ? 0 : Long.parseLong(user);
  }

  @Override
  public synchronized @Nullable String session() {
    HttpSession session = request.getSession(false);
    return session == null || session.getAttribute(Sessions.USER) == null
        ? null
        : PeopleSessions.name(session.getId());
  }

  @Override
  public synchronized long provenMicros() {
    String proven = read(PROVEN);
    return proven == null ? 0 : Long.parseLong(proven);
  }

  @Override
  public synchronized boolean secondFactor() {
    return "true".equals(read(SECOND));
  }

  @Override
  public synchronized void begin(long userId, boolean secondFactor) {
    endPresent();
    HttpSession session = request.getSession(true);
    session.setAttribute(Sessions.USER, Long.toString(userId));
    session.setAttribute(Sessions.ADDRESS, address);
    session.setAttribute(Sessions.AGENT, agent());
    session.setAttribute(
        PROVEN, Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())));
    session.setAttribute(SECOND, Boolean.toString(secondFactor));
    freshToken();
  }

  @Override
  public synchronized void end() {
    endPresent();
    freshToken();
  }

  @Override
  public synchronized @Nullable String note(String name) {
    return read(NOTE + name);
  }

  @Override
  public synchronized void note(String name, @Nullable String value) {
    requireOpen();
    HttpSession session = request.getSession(false);
    if (session == null) {
      throw new IllegalStateException("nobody is signed in");
    }
    if (value == null) {
      session.removeAttribute(NOTE + name);
    } else {
      session.setAttribute(NOTE + name, value);
    }
  }

  /** From here on the request is the servlet's alone. */
  synchronized void close() {
    over = true;
  }

  private void endPresent() {
    requireOpen();
    HttpSession present = request.getSession(false);
    if (present != null) {
      present.invalidate();
    }
  }

  /** A token that somebody knew before does not hold after a change of who one is. */
  private void freshToken() {
    CsrfToken fresh = tokens.generateToken(request);
    tokens.saveToken(fresh, request, response);
    csrfToken = fresh.getToken();
  }

  private void requireOpen() {
    if (over) {
      throw VenueErrors.outcomeUnknown().exception();
    }
  }

  private @Nullable String read(String attribute) {
    HttpSession session = request.getSession(false);
    return session == null ? null : (String) session.getAttribute(attribute);
  }
}
