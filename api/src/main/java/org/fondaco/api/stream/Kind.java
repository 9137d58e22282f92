package org.fondaco.api.stream;

/** What a stream tells [web-socket-streams.md §Detailed Stream information]. */
enum Kind {
  TRADE,
  AGG_TRADE,
  KLINE,
  TICKER,
  ROLLING_TICKER,
  MINI_TICKER,
  BOOK_TICKER,
  AVERAGE_PRICE,
  DEPTH,
  PARTIAL_DEPTH,
  ALL_TICKERS,
  ALL_ROLLING_TICKERS,
  ALL_MINI_TICKERS;

  /**
   * Whether a client must see every one of its messages to know where it is. When some were lost
   * its connection is closed.
   */
  boolean continuous() {
    return this == TRADE || this == AGG_TRADE || this == DEPTH;
  }
}
