package org.fondaco.api.projection;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Tables whose rows change, and the SQL that merges a staged batch into each. */
enum Staged {
  // What a client asked of an order changes by amendment and move only: client id, quantity, price.
  ORDERS(
      "orders",
      28,
      update(
          "orders",
          "order_id",
          "client_order_id price quantity status working executed_quantity executed_quote"
              + " prevented_quantity prevented_match_id expiry_reason update_time working_time"
              + " trailing_time")),
  ORDER_LISTS(
      "order_lists",
      12,
      update("order_lists", "order_list_id", "list_status_type list_order_status update_time")),
  BALANCES("balances", 5, upsert("balances", "account_id, asset_id", "total held sequence")),
  // Units and assets of a symbol never change (ENGINE.md, Numbers).
  ASSETS("assets", 3, upsert("assets", "asset_id", "code scale")),
  SYMBOLS("symbols", 7, upsert("symbols", "symbol_id", "name status")),
  FREEZES("account_freezes", 3, upsert("account_freezes", "account_id", "frozen sequence")),
  // Adds: safe because a batch and the watermark that tells it from its repetition are one
  // transaction.
  VOLUMES(
      "account_volumes",
      4,
      "insert into account_volumes as v"
          + " select day, account_id, asset_id, sum(volume) from staged_account_volumes"
          + " group by day, account_id, asset_id"
          + " on conflict (day, account_id, asset_id) do update"
          + " set volume = v.volume + excluded.volume") {
    @Override
    String create() {
      return "create temporary table if not exists staged_account_volumes"
          + " (day integer, account_id bigint, asset_id integer, volume bigint)"
          + " on commit delete rows";
    }
  };

  private final String table;
  private final int columns;
  private final String merge;

  Staged(String table, int columns, String merge) {
    this.table = table;
    this.columns = columns;
    this.merge = merge;
  }

  String table() {
    return table;
  }

  String staging() {
    return "staged_" + table;
  }

  int columns() {
    return columns;
  }

  /** Temporary: private to the session, empty at each commit, never written to the log. */
  String create() {
    return "create temporary table if not exists %s (like %s) on commit delete rows"
        .formatted(staging(), table);
  }

  String merge() {
    return merge;
  }

  private static String upsert(String table, String key, String changing) {
    return "insert into %s select * from staged_%s on conflict (%s) do update set %s"
        .formatted(table, table, key, assignments(changing, "excluded"));
  }

  private static String update(String table, String key, String changing) {
    return "update %s t set %s from staged_%s s where t.%s = s.%s"
        .formatted(table, assignments(changing, "s"), table, key, key);
  }

  private static String assignments(String columns, String from) {
    return Arrays.stream(columns.split(" "))
        .map(column -> column + " = " + from + "." + column)
        .collect(Collectors.joining(", "));
  }
}
