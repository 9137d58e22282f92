package org.fondaco.api.browser;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.fondaco.api.http.Answer;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.limit.RequestWeights;

/** Writes answers to a servlet's response; refusals are problem details [RFC 9457]. */
final class Problems {
  private Problems() {}

  static void write(HttpServletResponse response, Answer answer, RequestWeights.Use use)
      throws IOException {
    String used = Integer.toString(use.used());
    response.setHeader("X-MBX-USED-WEIGHT", used);
    response.setHeader("X-MBX-USED-WEIGHT-1M", used);
    if (use.refusal() != null) {
      response.setHeader("Retry-After", Long.toString(use.retryAfterSeconds()));
    }
    write(response, answer);
  }

  static void write(HttpServletResponse response, Answer answer) throws IOException {
    response.setStatus(answer.status());
    response.setHeader("Cache-Control", "no-store");
    JsonWriter body = answer.body();
    if (answer.refusal() == null) {
      response.setContentType(answer.contentType());
      if (answer.file() != null) {
        response.setHeader("Content-Disposition", "attachment; filename=\"" + answer.file() + "\"");
      }
    } else {
      response.setContentType("application/problem+json");
      body = Answer.problem(answer.refusal());
      if (answer.refusal().retryAfterSeconds() > 0) {
        response.setHeader("Retry-After", Long.toString(answer.refusal().retryAfterSeconds()));
      }
    }
    ByteBuffer bytes = body.buffer();
    response.setContentLength(bytes.remaining());
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    response.getOutputStream().write(copy);
  }
}
