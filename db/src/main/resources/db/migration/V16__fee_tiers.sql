-- What each account traded on a UTC day, per quote asset; both sides of a trade count, a trade with oneself does not.
-- Owner: org.fondaco.api.projection, the only writer, in the transaction of the trades themselves.
create table account_volumes (
  day        integer        not null, -- days since 1970-01-01
  account_id bigint         not null,
  asset_id   integer        not null, -- quote asset
  volume     numeric(38, 0) not null, -- ledger units of that asset
  primary key (day, account_id, asset_id)
);

-- Owner of the rest: org.fondaco.api.fee. A tier is an account's when its volume of 30 days reaches volume_min; where
-- the venue's operator has not set rates of a tier on a symbol, they are a share of tier 0's.
create table fee_tiers (
  tier        integer     primary key check (tier between 0 and 15),
  volume_min  bigint      not null check (volume_min >= 0), -- whole units of the valuation asset
  maker_share integer     not null check (maker_share between 0 and 10000), -- basis points of tier 0's maker rate
  taker_share integer     not null check (taker_share between 0 and 10000)  -- basis points of tier 0's taker rate
);
insert into fee_tiers (tier, volume_min, maker_share, taker_share) values
  (0,             0, 10000, 10000),
  (1,     1000000,  9000, 10000),
  (2,     5000000,  8000, 10000),
  (3,    20000000,  4000,  6000),
  (4,   100000000,  4000,  5200),
  (5,   150000000,  2500,  3100),
  (6,   400000000,  2000,  2900),
  (7,   800000000,  1900,  2800),
  (8,  2000000000,  1600,  2500),
  (9,  4000000000,  1100,  2300);

-- What the last recomputation found; an account that is not here and has no volume has tier 0 or what somebody set.
create table account_fee_tiers (
  account_id bigint         primary key,
  tier       integer        not null check (tier between 0 and 15),
  volume     numeric(38, 0) not null, -- whole units of the valuation asset
  day        integer        not null  -- of the recomputation, days since 1970-01-01
);
create index account_fee_tiers_raised on account_fee_tiers (account_id) where tier > 0;

-- Set by hand: no recomputation changes it.
create table fee_tier_overrides (
  account_id bigint      primary key,
  tier       integer     not null check (tier between 0 and 15),
  actor      text        not null,
  set_at     timestamptz not null default now()
);
