package org.fondaco.api.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.number.Decimals;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one request, decoded, from query string and form body [rest-api.md §General
 * Information on Endpoints]. One sent in both is taken from the query string; one sent twice in
 * either is refused.
 */
public final class Parameters {
  private static final int COUNT_MAX = 100;

  private String[] names = new String[16];
  private String[] values = new String[16];
  private int count;

  private Parameters() {}

  /** As {@link #parse(Map, String, String)} of a path that says nothing. */
  public static Parameters parse(String query, String body) {
    return parse(Map.of(), query, body);
  }

  /**
   * @param path what the path says; a parameter of the same name may not be in the query string
   * @param query as sent, without the question mark; empty = none
   * @param body form body as sent; empty = none
   * @throws org.fondaco.api.error.ApiException -1100 for a broken percent-encoding, -1101 for a
   *     repeated parameter
   */
  public static Parameters parse(Map<String, String> path, String query, String body) {
    Parameters parameters = new Parameters();
    path.forEach((name, value) -> parameters.put(name, value, 0));
    parameters.add(query, 0);
    parameters.add(body, parameters.count);
    return parameters;
  }

  /**
   * As {@link #parse(Map, String, String)} of a request whose body may be a flat JSON object.
   *
   * @param contentType of the body, null when it is not said
   * @throws org.fondaco.api.error.ApiException as that, and -8017 for a body of another kind
   */
  public static Parameters parse(
      Map<String, String> path, String query, String body, @Nullable String contentType) {
    if (body.isEmpty() || !JsonBody.isJson(contentType)) {
      return parse(path, query, body);
    }
    Parameters parameters = parse(path, query, "");
    int from = parameters.count;
    for (Map.Entry<String, String> member : JsonBody.parse(body)) {
      parameters.put(member.getKey(), member.getValue(), from);
    }
    return parameters;
  }

  /**
   * Parameters that came apart, decoded.
   *
   * @param except names that are left out
   */
  public static Parameters of(Map<String, String> sent, Set<String> except) {
    Parameters parameters = new Parameters();
    sent.forEach((name, value) -> {
      if (!except.contains(name)) {
        parameters.put(name, value, 0);
      }
    });
    return parameters;
  }

  /** How many different parameters were sent. */
  public int count() {
    return count;
  }

  /** Name of the i-th parameter, in the order sent. */
  public String name(int i) {
    return names[i];
  }

  public boolean has(String name) {
    return find(name, 0, count) >= 0;
  }

  /**
   * @return null when not sent
   * @throws org.fondaco.api.error.ApiException -1105 when sent without a value
   */
  public @Nullable String text(String name) {
    int i = find(name, 0, count);
    if (i < 0) {
      return null;
    }
    if (values[i].isEmpty()) {
      throw RequestErrors.empty(name);
    }
    return values[i];
  }

  /**
   * @throws org.fondaco.api.error.ApiException -1102 when not sent, -1105 when empty
   */
  public String mandatoryText(String name) {
    String text = text(name);
    if (text == null) {
      throw RequestErrors.mandatory(name);
    }
    return text;
  }

  /** An amount in ledger units; 0 = not sent. Sent as zero is told apart with {@link #has}. */
  public long units(String name, int scale) {
    String text = text(name);
    return text == null ? 0 : Decimals.units(name, text, scale);
  }

  /** A whole number that may be absent. */
  public long whole(String name, long absent) {
    String text = text(name);
    return text == null ? absent : Decimals.whole(name, text);
  }

  /** As {@link #whole} within the positive ints. */
  public int wholeInt(String name, int absent) {
    long value = whole(name, absent);
    if (value > Integer.MAX_VALUE) {
      throw RequestErrors.overflow(name);
    }
    return (int) value;
  }

  /** {@code true} or {@code false}, in any case. */
  public boolean flag(String name, boolean absent) {
    String text = text(name);
    if (text == null) {
      return absent;
    }
    if (text.equalsIgnoreCase("true")) {
      return true;
    }
    if (text.equalsIgnoreCase("false")) {
      return false;
    }
    throw RequestErrors.illegalCharacters(name, "^(?i)(true|false)$");
  }

  /** One of the constants, null when not sent. */
  public <E extends Enum<E>> @Nullable E choice(
      String name, E[] constants, java.util.function.Supplier<RuntimeException> refusal) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    for (E constant : constants) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    throw refusal.get();
  }

  /** As {@link #choice(String, Enum[], java.util.function.Supplier)}, refused with -1130. */
  public <E extends Enum<E>> @Nullable E choice(String name, E[] constants) {
    return choice(name, constants, () -> RequestErrors.invalidData(name));
  }

  private void add(String form, int from) {
    int start = 0;
    while (start < form.length()) {
      int end = form.indexOf('&', start);
      end = end < 0 ? form.length() : end;
      if (end > start) {
        int equals = form.indexOf('=', start);
        equals = equals < 0 || equals > end ? end : equals;
        String name = decode(form, start, equals);
        String value = equals == end ? "" : decode(form, equals + 1, end);
        put(name, value, from);
      }
      start = end + 1;
    }
  }

  private void put(String name, String value, int from) {
    if (find(name, from, count) >= 0) {
      throw RequestErrors.duplicateParameter();
    }
    if (find(name, 0, from) >= 0) {
      return;
    }
    if (count == COUNT_MAX) {
      throw RequestErrors.tooManyParameters(COUNT_MAX, COUNT_MAX + 1);
    }
    if (count == names.length) {
      names = Arrays.copyOf(names, count * 2);
      values = Arrays.copyOf(values, count * 2);
    }
    names[count] = name;
    values[count] = value;
    count++;
  }

  private int find(String name, int from, int to) {
    for (int i = from; i < to; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static String decode(String form, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = form.charAt(i);
      if (c == '%' || c == '+') {
        return decodeSlowly(form, start, end);
      }
    }
    return form.substring(start, end);
  }

  private static String decodeSlowly(String form, int start, int end) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(end - start);
    for (int i = start; i < end; i++) {
      char c = form.charAt(i);
      if (c == '%') {
        int high = digit(form, i + 1, end);
        int low = digit(form, i + 2, end);
        if (high < 0 || low < 0) {
          throw ApiError.badRequest(-1100, "Illegal characters found in a parameter.").exception();
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else {
        bytes.write(c == '+' ? ' ' : c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int digit(String form, int at, int end) {
    return at < end ? Character.digit(form.charAt(at), 16) : -1;
  }
}
