-- What happened to orders besides fills. Owner: org.fondaco.api.projection, the only writer; units as in V2.

-- A self-trade that was prevented: one row, found by either of its two accounts.
create table prevented_matches (
  symbol_id                  integer not null,
  prevented_match_id         bigint  not null, -- gapless on the symbol, from 0
  taker_account              bigint  not null,
  maker_account              bigint  not null,
  taker_order_id             bigint  not null,
  maker_order_id             bigint  not null,
  trade_group_id             bigint  not null, -- -1 = none
  self_trade_prevention_mode text    not null,
  price                      bigint  not null, -- the maker's
  taker_prevented_quantity   bigint  not null, -- base, 0 = the mode did not touch the taker
  maker_prevented_quantity   bigint  not null, -- base, 0 = the mode did not touch the maker
  time                       bigint  not null,
  primary key (symbol_id, prevented_match_id)
);
create index prevented_matches_taker on prevented_matches (taker_account, taker_order_id, prevented_match_id);
create index prevented_matches_maker on prevented_matches (maker_account, maker_order_id, prevented_match_id);

-- An order whose quantity was reduced.
create table order_amendments (
  symbol_id            integer not null,
  execution_id         bigint  not null, -- gapless on the symbol over all reports
  order_id             bigint  not null,
  account_id           bigint  not null,
  orig_client_order_id text    not null,
  new_client_order_id  text    not null,
  orig_quantity        bigint  not null, -- base
  new_quantity         bigint  not null, -- base
  time                 bigint  not null,
  primary key (symbol_id, execution_id)
);
create index order_amendments_order on order_amendments (account_id, order_id, execution_id);

-- Ids and times grow together, so that a page between two times is a page between two ids: these answer which ids
-- those are, in one descent even where a million rows share a time.
drop index orders_account_symbol_time;
create index orders_account_symbol_time on orders (account_id, symbol_id, accepted_time, order_id);
drop index trades_time;
create index trades_time on trades (account_id, symbol_id, time, trade_id);
create index order_lists_account_time on order_lists (account_id, accepted_time, order_list_id);
