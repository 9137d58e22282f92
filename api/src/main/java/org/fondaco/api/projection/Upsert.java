package org.fondaco.api.projection;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Tables whose rows change, and the SQL that merges a staged batch into each. */
enum Upsert {
  // What a client asked of an order changes by amendment and move only: client id, quantity, price.
  ORDERS(
      "orders",
      "order_id",
      "client_order_id price quantity status working executed_quantity executed_quote"
          + " prevented_quantity prevented_match_id expiry_reason update_time working_time"
          + " trailing_time"),
  ORDER_LISTS("order_lists", "order_list_id", "list_status_type list_order_status update_time"),
  BALANCES("balances", "account_id, asset_id", "total held sequence"),
  // Units and assets of a symbol never change (ENGINE.md, Numbers).
  ASSETS("assets", "asset_id", "code scale"),
  SYMBOLS("symbols", "symbol_id", "name status");

  private final String table;
  private final String key;
  private final String changing;

  Upsert(String table, String key, String changing) {
    this.table = table;
    this.key = key;
    this.changing = changing;
  }

  String staging() {
    return "staged_" + table;
  }

  /** Temporary: private to the session, empty at each commit, never written to the log. */
  String createStaging() {
    return "create temporary table if not exists %s (like %s) on commit delete rows"
        .formatted(staging(), table);
  }

  String merge() {
    String assignments =
        Arrays.stream(changing.split(" "))
            .map(column -> column + " = excluded." + column)
            .collect(Collectors.joining(", "));
    return "insert into %s select * from %s on conflict (%s) do update set %s"
        .formatted(table, staging(), key, assignments);
  }
}
