package org.fondaco.chain.console;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One POST a request. */
final class HttpEndpoint implements Endpoint {
  private static final int SHOWN_CHARS_MAX = 200;

  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  HttpEndpoint(URI address) {
    this.address = address;
  }

  @Override
  public JsonNode exchange(JsonNode request) throws IOException, InterruptedException {
    HttpRequest post =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(request.toString()))
            .build();
    HttpResponse<InputStream> response;
    try {
      response = client.send(post, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      String why = e.getMessage() == null ? "nobody listens there" : e.getMessage();
      throw new IOException("no answer from " + address + ": " + why, e);
    }
    String body;
    try (InputStream in = response.body()) {
      body = new String(in.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
    }
    try {
      JsonNode answer = JsonMapper.shared().readTree(body);
      if (answer.isObject() || answer.isArray()) {
        return answer;
      }
    } catch (JacksonException e) {
      throw new IOException(unreadable(response.statusCode(), body), e);
    }
    throw new IOException(unreadable(response.statusCode(), body));
  }

  private static String unreadable(int status, String body) {
    return "an answer that is not JSON-RPC: HTTP "
        + status
        + " "
        + body.substring(0, Math.min(body.length(), SHOWN_CHARS_MAX)).strip();
  }

  @Override
  public void close() {
    client.close();
  }
}
