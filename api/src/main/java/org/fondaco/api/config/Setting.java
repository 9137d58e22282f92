package org.fondaco.api.config;

/**
 * Every environment variable that Fondaco reads: the one list that {@code ./fondaco help config}
 * prints and that {@link Settings} parses by.
 */
enum Setting {
  FONDACO_HOST("127.0.0.1", "Address to listen on."),
  FONDACO_PORT("8080", "TCP port of everything that is served over HTTP, 0 = any free one."),
  FONDACO_DATA("data", "Data folder: journal, snapshots, embedded PostgreSQL, keys."),
  FONDACO_DEMO(
      "auto",
      "Demo users, funds and symbols: on, off, or auto (on when the data folder is empty or a"
          + " demo's). Refused unless FONDACO_HOST is a loopback address."),
  FONDACO_SIMULATOR("on", "Market-making simulator of the demo: on or off."),
  FONDACO_DB_URL(
      "",
      "PostgreSQL to use instead of the embedded one: postgresql://user:password@host:port/database"
          + " or jdbc:postgresql:…"),
  FONDACO_DB_PORT("0", "Port of the embedded PostgreSQL on 127.0.0.1, 0 = any free one."),
  FONDACO_NODE(
      "on",
      "Embedded nodes of the account chain, Bitcoin, Bitcoin Cash and Litecoin, which make blocks"
          + " when there is a transaction: on, or off when others are used."),
  FONDACO_NODE_HTTP_PORT(
      "0", "Port of the account chain's JSON-RPC over HTTP on 127.0.0.1, 0 = any free one."),
  FONDACO_NODE_WS_PORT(
      "0", "Port of the account chain's JSON-RPC over WebSocket on 127.0.0.1, 0 = any free one."),
  FONDACO_NODE_DEPTH(
      "12",
      "Blocks that the account chain's node seals on top of one with transactions, one a second; then it"
          + " rests."),
  FONDACO_NODE_BTC_RPC_PORT(
      "0", "Port of the embedded Bitcoin node's JSON-RPC on 127.0.0.1, 0 = any free one."),
  FONDACO_NODE_BCH_RPC_PORT(
      "0", "Port of the embedded Bitcoin Cash node's JSON-RPC on 127.0.0.1, 0 = any free one."),
  FONDACO_NODE_LTC_RPC_PORT(
      "0", "Port of the embedded Litecoin node's JSON-RPC on 127.0.0.1, 0 = any free one."),
  FONDACO_NODE_UTXO_DEPTH(
      "6",
      "Blocks that the other three mine on top of one with transactions, one a second; then they"
          + " rest, because their subsidy halves every 150 blocks."),
  FONDACO_CUSTODY(
      "auto",
      "Custody of real coins: on, off, or auto (on when there is a vault in the data folder, or when"
          + " this is a demo, which makes one)."),
  FONDACO_CUSTODY_PASSPHRASE(
      "", "Passphrase of custody's vault; better in a file, FONDACO_CUSTODY_PASSPHRASE_FILE."),
  FONDACO_CUSTODY_PASSPHRASE_FILE(
      "", "File whose first line is the passphrase of custody's vault; its owner's only."),
  FONDACO_PKCS11_MODULE(
      "",
      "PKCS#11 library of the hardware module that has keys of custody's vault or opens it, for"
          + " example /usr/lib/softhsm/libsofthsm2.so. Needed if custody init made such a vault."),
  FONDACO_PKCS11_SLOT("0", "The module's slot with the token, counted from 0."),
  FONDACO_PKCS11_PIN_FILE("", "File whose first line is the token's PIN; its owner's only."),
  FONDACO_CHAIN_NETWORK("regtest", "Which networks custody's nodes are of: main, test or regtest."),
  FONDACO_BTC_URL(
      "",
      "JSON-RPC of the Bitcoin node that custody uses, http://user:password@host:port. Default: the"
          + " embedded one."),
  FONDACO_BCH_URL("", "The same for Bitcoin Cash."),
  FONDACO_LTC_URL("", "The same for Litecoin."),
  FONDACO_ETH_URL("", "The same for the account chain."),
  FONDACO_USDT_CONTRACT(
      "",
      "Contract of USDT on the account chain, 0x and 40 digits. Default: a demo makes one on its own"
          + " chain, elsewhere USDT has no deposits and withdrawals."),
  FONDACO_CONFIRMATIONS(
      "BTC=2,3@1,6@10; BCH=6; LTC=6; ETH=12; USDT=12",
      "Confirmations until a deposit is credited, by asset; 3@1 means 3 from 1 whole coin on, of all"
          + " that a customer has waiting."),
  FONDACO_FINAL_DEPTH(
      "BTC=3; BCH=6; LTC=6; ETH=12",
      "Confirmations after which a payment of ours counts as final, by chain, and after which coins"
          + " that came in are spent."),
  FONDACO_MAX_REORG(
      "BTC=100; BCH=100; LTC=100; ETH=128",
      "Blocks that may leave a chain, by chain; custody of a chain halts when more do."),
  FONDACO_SCAN_FROM(
      "",
      "Height above which a chain's blocks are read when custody meets it first, by chain, for"
          + " example BTC=0; LTC=2700000. Default: the node's best block of that moment, or what a"
          + " restore says."),
  FONDACO_DEPOSIT_MINIMUM(
      "BTC=0.00001; BCH=0.0001; LTC=0.001; ETH=0.0001; USDT=0.01",
      "Less than this, in whole coins, is counted and never credited."),
  FONDACO_WITHDRAWAL_MINIMUM(
      "BTC=0.0002; BCH=0.001; LTC=0.01; ETH=0.001; USDT=5",
      "The least withdrawal, in whole coins."),
  FONDACO_WITHDRAWAL_FEE(
      "BTC=0.00005; BCH=0.0001; LTC=0.001; ETH=0.0005; USDT=1",
      "What a customer pays for a withdrawal, in whole coins of the asset."),
  FONDACO_HOT_MAXIMUM(
      "",
      "Whole coins by asset, for example BTC=5; ETH=100: when the hot tier has more, custody proposes to"
          + " move the rest to the reserve tier, and two people approve. Default: nothing is proposed."),
  FONDACO_HOT_MINIMUM(
      "",
      "The same: when the hot tier has less, it proposes to fill it from there. Every movement leaves the"
          + " middle of both."),
  FONDACO_COLD_ADDRESS(
      "",
      "Addresses by chain, for example BTC=bc1…; ETH=0x…, whose keys are elsewhere: the cold tier, which is"
          + " the reserve. Default: the vault's cold account, or the warm one where it has none."),
  FONDACO_WEIGHT_PER_MINUTE("6000", "Request weight an address may use in a minute."),
  FONDACO_ORDERS_PER_TEN_SECONDS("100", "Orders an account may place in ten seconds."),
  FONDACO_ORDERS_PER_DAY("200000", "Orders an account may place in a day (UTC)."),
  FONDACO_JOURNAL_SEGMENT_MIB("64", "Length of a journal segment in MiB; two are preallocated."),
  FONDACO_JOURNAL_LIMIT_MIB(
      "16384", "Orders are refused while the journal is longer than this many MiB."),
  FONDACO_TRUSTED_PROXIES(
      "",
      "Reverse proxies that are believed about the address of their client: addresses and prefixes,"
          + " separated by commas."),
  FONDACO_PROXY_HEADER(
      "X-Forwarded-For",
      "The header that those proxies append the address to: X-Forwarded-For or Forwarded."),
  FONDACO_REDIS_URL(
      "",
      "Redis that shares sessions and limits between processes and keeps them over a restart:"
          + " redis://user:password@host:port/database, or rediss:// for TLS. Without it they are"
          + " in memory."),
  FONDACO_SOCKETS_MAX("10000", "WebSocket connections open at a time, all clients together."),
  FONDACO_SOCKETS_PER_FIVE_MINUTES(
      "300", "WebSocket connections an address may try to open in five minutes."),
  FONDACO_PUBLIC_URL(
      "",
      "Where browsers find the venue, for example https://venue.example: cookies and passkeys are"
          + " bound to it. Default: http and where it listens."),
  FONDACO_REGISTRATION("on", "Whether strangers may register: on or off."),
  FONDACO_SESSION_IDLE_MINUTES("30", "A session ends when it was not used for so long."),
  FONDACO_SESSION_HOURS("24", "A session ends so long after signing in, used or not."),
  FONDACO_WRONG_PASSWORDS_PER_USER(
      "10", "Wrong attempts to sign in as somebody in a quarter of an hour."),
  FONDACO_WRONG_PASSWORDS_PER_ADDRESS(
      "100", "Wrong attempts to sign in, or registrations, from an address in that time."),
  FONDACO_APPROVAL_HOURS("24", "How long a proposed adjustment waits for a second person."),
  FONDACO_FEE_VALUATION_ASSET(
      "USDT", "Asset that 30-day volumes are valued in when fee tiers are recomputed."),
  FONDACO_METRICS_TOKEN(
      "",
      "Bearer token that GET /metrics asks for; without it metrics are for loopback addresses."),
  FONDACO_LOG_FORMAT("text", "Lines of the log: text, or json (an object a line)."),
  FONDACO_LOG_LEVEL(
      "INFO", "How much Fondaco itself logs: ERROR, WARN, INFO, DEBUG (requests too) or TRACE."),
  FONDACO_JAVA_OPTS("", "Further flags for the Java virtual machine, read by the launcher.");

  private final String initial;
  private final String meaning;

  Setting(String initial, String meaning) {
    this.initial = initial;
    this.meaning = meaning;
  }

  /** The value when the variable is absent or empty. */
  String initial() {
    return initial;
  }

  /** One or two sentences for the operator. */
  String meaning() {
    return meaning;
  }
}
