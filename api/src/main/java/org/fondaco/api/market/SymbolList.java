package org.fondaco.api.market;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.symbol.Markets;

/** The parameter {@code symbols}: a JSON array of names, the only JSON that requests contain. */
final class SymbolList {
  private static final String LEGAL =
      "^\\[(\"[A-Z0-9-_.]{1,20}\"(,\"[A-Z0-9-_.]{1,20}\"){0,}){0,1}\\]$";

  private SymbolList() {}

  /**
   * @throws org.fondaco.api.error.ApiException -1100 when malformed, -1151 when a name is repeated
   */
  static List<String> parse(String text) {
    if (!text.startsWith("[") || !text.endsWith("]") || text.length() < 2) {
      throw RequestErrors.illegalCharacters("symbols", LEGAL);
    }
    String inside = text.substring(1, text.length() - 1);
    Set<String> names = new LinkedHashSet<>();
    if (inside.isEmpty()) {
      return List.of();
    }
    for (String quoted : inside.split(",", -1)) {
      String item = quoted.strip();
      if (item.length() < 3 || !item.startsWith("\"") || !item.endsWith("\"")) {
        throw RequestErrors.illegalCharacters("symbols", LEGAL);
      }
      String name = item.substring(1, item.length() - 1);
      Markets.checkName("symbols", name);
      if (!names.add(name)) {
        throw ApiError.badRequest(-1151, "Symbol is present multiple times in the list.")
            .exception();
      }
    }
    return List.copyOf(names);
  }
}
