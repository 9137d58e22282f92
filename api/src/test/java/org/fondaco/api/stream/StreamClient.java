package org.fondaco.api.stream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.fondaco.api.TestVenue;
import org.fondaco.api.socket.RawSocket;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the streams that reads one message after the other. */
final class StreamClient implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  final RawSocket socket;

  StreamClient(TestVenue venue, String target) throws IOException {
    socket = new RawSocket(venue.venue().address().getPort(), target);
    if (!socket.status().startsWith("HTTP/1.1 101")) {
      throw new IOException(socket.status());
    }
  }

  /** The next message, as sent. */
  String text() throws IOException {
    return socket.text();
  }

  JsonNode next() throws IOException {
    return JSON.readTree(socket.text());
  }

  /** The next message that is as wanted; others are skipped. */
  JsonNode next(Predicate<JsonNode> wanted) throws IOException {
    JsonNode message = next();
    while (!wanted.test(message)) {
      message = next();
    }
    return message;
  }

  /** Sends a request and returns its answer; events on the way are skipped. */
  String ask(String request) throws IOException {
    socket.sendText(request);
    String answer = text();
    while (answer.startsWith("{\"e\"") || answer.startsWith("{\"stream\"")) {
      answer = text();
    }
    return answer;
  }

  static List<String> names(JsonNode object) {
    return new ArrayList<>(object.propertyNames());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
