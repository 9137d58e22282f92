package org.fondaco.api.market;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.http.Parameters;

/** The parameter {@code timeZone}: {@code -1:00}, {@code 05:45}, {@code 8}; -12:00 to +14:00. */
final class TimeZoneOffset {
  static final Parameter PARAMETER =
      Parameter.optional(
          "timeZone",
          Type.STRING,
          "Hours, or hours and minutes, ahead of UTC: 8, -1:00, 05:45. Default 0; -12:00 to +14:00.");
  private static final Pattern LEGAL = Pattern.compile("([+-]?)(\\d{1,2})(?::(\\d{2}))?");
  private static final int MINUTES_MIN = -12 * 60;
  private static final int MINUTES_MAX = 14 * 60;
  private static final long MINUTE_MICROS = 60_000_000;

  private TimeZoneOffset() {}

  /**
   * @return microseconds ahead of UTC
   * @throws org.fondaco.api.error.ApiException -1130
   */
  static long micros(Parameters parameters) {
    String text = parameters.text("timeZone");
    if (text == null) {
      return 0;
    }
    Matcher matcher = LEGAL.matcher(text);
    if (!matcher.matches()) {
      throw RequestErrors.invalidData("timeZone");
    }
    int pastHour = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    int minutes = Integer.parseInt(matcher.group(2)) * 60 + pastHour;
    int signed = matcher.group(1).equals("-") ? -minutes : minutes;
    if (pastHour >= 60 || signed < MINUTES_MIN || signed > MINUTES_MAX) {
      throw RequestErrors.invalidData("timeZone");
    }
    return signed * MINUTE_MICROS;
  }
}
