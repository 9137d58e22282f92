package org.fondaco.api.http;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The path of an endpoint with parameters in braces, each a whole segment. */
record PathTemplate(Endpoint endpoint, String[] segments) {

  PathTemplate(Endpoint endpoint) {
    this(endpoint, endpoint.path().split("/", -1));
  }

  static boolean isTemplate(String path) {
    return path.indexOf('{') >= 0;
  }

  /** Values by name, null when the path is another. A value has no percent-encoding. */
  @Nullable Map<String, String> match(String path) {
    String[] sent = path.split("/", -1);
    if (sent.length != segments.length) {
      return null;
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < sent.length; i++) {
      String segment = segments[i];
      if (segment.startsWith("{")) {
        if (sent[i].isEmpty()) {
          return null;
        }
        values.put(segment.substring(1, segment.length() - 1), sent[i]);
      } else if (!segment.equals(sent[i])) {
        return null;
      }
    }
    return values;
  }
}
