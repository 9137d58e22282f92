-- What public trades add up to. Owner: org.fondaco.api.projection, the only writer.

-- Only intervals with trades have a row. Volumes are turnover, which no supply bounds: numeric, not bigint
-- (docs/adr/0020).
create table klines (
  symbol_id              integer not null,
  interval               text    not null collate "C", -- the API's word, 1s to 1M
  open_time              bigint  not null,
  close_time             bigint  not null,             -- last microsecond
  open                   bigint  not null,
  high                   bigint  not null,
  low                    bigint  not null,
  close                  bigint  not null,
  volume                 numeric not null,             -- base
  quote_volume           numeric not null,             -- quote
  trades                 bigint  not null check (trades > 0),
  taker_buy_volume       numeric not null,             -- base
  taker_buy_quote_volume numeric not null,             -- quote
  first_trade_id         bigint  not null,
  last_trade_id          bigint  not null,
  primary key (symbol_id, interval, open_time)
);

-- Consecutive fills of one taker order at one price within one command.
create table aggregate_trades (
  symbol_id      integer not null,
  aggregate_id   bigint  not null, -- gapless on the symbol, from 0
  price          bigint  not null,
  quantity       bigint  not null, -- base
  first_trade_id bigint  not null,
  last_trade_id  bigint  not null,
  time           bigint  not null,
  buyer_is_maker boolean not null,
  primary key (symbol_id, aggregate_id)
);
create index aggregate_trades_time on aggregate_trades (symbol_id, time, aggregate_id);

-- Trades from before these tables: the same sums, once, in SQL.
insert into klines
select symbol_id, interval, open_time, close_time,
       (array_agg(price order by trade_id))[1], max(price), min(price), (array_agg(price order by trade_id desc))[1],
       sum(quantity), sum(quote_quantity), count(*),
       coalesce(sum(quantity) filter (where buyer), 0), coalesce(sum(quote_quantity) filter (where buyer), 0),
       min(trade_id), max(trade_id)
from (
  select t.*, i.interval, t.time - (t.time - i.origin) % i.length as open_time,
         t.time - (t.time - i.origin) % i.length + i.length - 1 as close_time
  from trades t
  cross join (
    select interval, seconds * 1000000::bigint as length, origin * 1000000::bigint as origin
    from (values ('1s', 1, 0), ('1m', 60, 0), ('3m', 180, 0), ('5m', 300, 0), ('15m', 900, 0), ('30m', 1800, 0),
                 ('1h', 3600, 0), ('2h', 7200, 0), ('4h', 14400, 0), ('6h', 21600, 0), ('8h', 28800, 0),
                 ('12h', 43200, 0), ('1d', 86400, 0), ('3d', 259200, 0), ('1w', 604800, 345600))
         as lengths (interval, seconds, origin)
  ) as i
  where not t.maker
  union all
  select t.*, '1M', (extract(epoch from month) * 1000000)::bigint,
         (extract(epoch from month + interval '1 month') * 1000000)::bigint - 1
  from trades t
  cross join lateral (
    select date_trunc('month', to_timestamp(t.time / 1000000) at time zone 'UTC') as month
  ) as m
  where not t.maker
) as placed
group by symbol_id, interval, open_time, close_time;

insert into aggregate_trades
select symbol_id, row_number() over (partition by symbol_id order by min(trade_id)) - 1, price, sum(quantity),
       min(trade_id), max(trade_id), min(time), not bool_or(buyer)
from (
  select t.*, sum(case when (order_id, price, sequence) is distinct from (before_order, before_price, before_sequence)
                       then 1 else 0 end) over (partition by symbol_id order by trade_id) as run
  from (
    select t.*, e.sequence,
           lag(t.order_id) over tape as before_order,
           lag(t.price) over tape as before_price,
           lag(e.sequence) over tape as before_sequence
    from trades t
    join (select distinct symbol_id, trade_id, sequence from ledger_entries where kind = 'TRADE') as e
      on e.symbol_id = t.symbol_id and e.trade_id = t.trade_id
    where not t.maker
    window tape as (partition by t.symbol_id order by t.trade_id)
  ) as t
) as runs
group by symbol_id, run, price;
