package org.fondaco.api;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person's browser over real HTTP: keeps cookies, sends the CSRF token back as a header. */
public final class Browser {
  /** A password that is taken. */
  public static final String PASSWORD = "a boat under the bridge";

  private static final JsonMapper JSON = new JsonMapper();

  private final URI base;
  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();

  public Browser(URI base) {
    this.base = base;
  }

  /** An answer as it came. */
  public record Reply(int status, String text, HttpResponse<String> response) {

    public JsonNode json() {
      return JSON.readTree(text);
    }

    public int code() {
      return json().path("code").asInt();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** This answer, which has to be a success. */
    public Reply ok() {
      if (status / 100 != 2) {
        throw new AssertionError(status + " " + text);
      }
      return this;
    }
  }

  public Reply get(String path) {
    return send("GET", path, Map.of(), Map.of());
  }

  /** Sends a flat object of JSON: name, value, … */
  public Reply post(String path, String... members) {
    return change("POST", path, members);
  }

  public Reply put(String path, String... members) {
    return change("PUT", path, members);
  }

  public Reply delete(String path) {
    return change("DELETE", path);
  }

  /** Sends with the CSRF token, which is fetched first if there is none. */
  public Reply change(String method, String path, String... members) {
    Map<String, Object> body = new HashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      body.put(members[i], members[i + 1]);
    }
    return change(method, path, body);
  }

  public Reply change(String method, String path, Map<String, ?> body) {
    if (cookie("XSRF-TOKEN").isEmpty()) {
      get("/v1/session").ok();
    }
    return send(method, path, body, Map.of("X-XSRF-TOKEN", cookie("XSRF-TOKEN")));
  }

  /** Sends exactly this; an empty body is none. */
  public Reply send(String method, String path, Map<String, ?> body, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    headers.forEach(request::header);
    if (body.isEmpty()) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }
    return send(request.build());
  }

  public Reply send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Registers and signs in. */
  public Browser enter(String name, String password) {
    post("/v1/registration", "email", email(name), "name", name, "password", password).ok();
    return signIn(name, password);
  }

  public Browser signIn(String name, String password) {
    post("/v1/session", "email", email(name), "password", password).ok();
    return this;
  }

  public static String email(String name) {
    return name + "@example.org";
  }

  /** Value of a cookie, empty when there is none. */
  public String cookie(String name) {
    List<HttpCookie> all = cookies.getCookieStore().getCookies();
    return all.stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse("");
  }

  public void cookie(String name, String value) {
    HttpCookie cookie = new HttpCookie(name, value);
    cookie.setPath("/");
    cookie.setDomain(base.getHost());
    cookie.setVersion(0);
    cookies.getCookieStore().add(base, cookie);
  }
}
