-- What the engine did. Owner: org.fondaco.api.projection, the only writer. Ids and amounts are the engine's own
-- (ENGINE.md): amounts in ledger units, prices in quote ledger units per whole base unit, times in microseconds
-- since the Unix epoch, enumerations by their names.

create table projector_watermark (
  one      boolean primary key default true check (one),
  sequence bigint  not null check (sequence >= 0)
);
insert into projector_watermark (sequence) values (0);

create table assets (
  asset_id integer primary key,
  code     text    not null,
  scale    integer not null
);

create table symbols (
  symbol_id   integer primary key,
  name        text    not null,
  base_asset  integer not null,
  quote_asset integer not null,
  tick_unit   bigint  not null,
  lot_unit    bigint  not null,
  status      text    not null
);

create table orders (
  order_id                   bigint  primary key,
  account_id                 bigint  not null,
  symbol_id                  integer not null,
  order_list_id              bigint  not null, -- -1 = none
  client_order_id            text    not null,
  side                       text    not null,
  type                       text    not null,
  time_in_force              text    not null,
  self_trade_prevention_mode text    not null,
  trailing_delta             integer not null, -- basis points, 0 = not trailing
  price                      bigint  not null, -- 0 = absent
  stop_price                 bigint  not null, -- 0 = absent
  quantity                   bigint  not null, -- base, origQty
  quote_order_quantity       bigint  not null, -- quote, 0 = absent
  iceberg_quantity           bigint  not null, -- base, 0 = absent
  strategy_id                bigint,
  strategy_type              integer,
  status                     text    not null,
  working                    boolean not null,
  executed_quantity          bigint  not null, -- base
  executed_quote             bigint  not null, -- quote
  prevented_quantity         bigint  not null, -- base
  prevented_match_id         bigint  not null, -- -1 = none
  expiry_reason              text    not null,
  accepted_time              bigint  not null,
  update_time                bigint  not null,
  working_time               bigint  not null, -- -1 = not yet
  trailing_time              bigint  not null  -- -1 = not tracking
);
create index orders_account_symbol on orders (account_id, symbol_id, order_id);
create index orders_account_symbol_time on orders (account_id, symbol_id, accepted_time);
create index orders_client_id on orders (account_id, symbol_id, client_order_id, order_id desc);

create table order_lists (
  order_list_id        bigint  primary key,
  account_id           bigint  not null,
  symbol_id            integer not null,
  contingency_type     text    not null,
  list_status_type     text    not null,
  list_order_status    text    not null,
  list_client_order_id text    not null,
  order1               bigint  not null,
  order2               bigint  not null,
  order3               bigint  not null, -- 0 = none
  accepted_time        bigint  not null,
  update_time          bigint  not null
);
create index order_lists_account on order_lists (account_id, order_list_id);
create index order_lists_client_id on order_lists (account_id, list_client_order_id, order_list_id desc);

-- One row for each side of a fill, because each side is asked for by its own account.
create table trades (
  account_id     bigint  not null,
  symbol_id      integer not null,
  trade_id       bigint  not null,
  order_id       bigint  not null,
  order_list_id  bigint  not null,
  buyer          boolean not null,
  maker          boolean not null,
  price          bigint  not null,
  quantity       bigint  not null, -- base
  quote_quantity bigint  not null, -- quote
  fee            bigint  not null,
  fee_asset      integer not null,
  time           bigint  not null,
  primary key (account_id, symbol_id, trade_id, buyer)
);
create index trades_order on trades (account_id, order_id, trade_id);
create index trades_time on trades (account_id, symbol_id, time);
-- A trade has one taker's row: this is the public tape.
create index trades_tape on trades (symbol_id, trade_id) where not maker;

-- Double entry: each row moves amount from debit_account to credit_account, so that every asset sums to zero.
create table ledger_entries (
  sequence       bigint  not null, -- journal sequence of the command
  entry          integer not null, -- 0-based within the command
  time           bigint  not null,
  kind           text    not null, -- TRADE, FEE, or the leg kind of a transfer
  debit_account  bigint  not null,
  credit_account bigint  not null,
  asset_id       integer not null, -- 0 for a token
  amount         bigint  not null check (amount >= 0),
  symbol_id      integer,
  trade_id       bigint,
  hold_id        bigint,
  token          bigint,
  primary key (sequence, entry)
);
create index ledger_entries_debit on ledger_entries (debit_account, asset_id, sequence);
create index ledger_entries_credit on ledger_entries (credit_account, asset_id, sequence);

create table balances (
  account_id bigint  not null,
  asset_id   integer not null,
  total      bigint  not null, -- below zero for system accounts only
  held       bigint  not null,
  sequence   bigint  not null, -- command that last touched it
  primary key (account_id, asset_id)
);

-- The projector reloads the open orders when it starts.
create index orders_open on orders (order_id) where status in ('NEW', 'PENDING_NEW', 'PARTIALLY_FILLED');
