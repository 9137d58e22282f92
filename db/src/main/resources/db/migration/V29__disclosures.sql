-- Written by org.fondaco.custody.liability. One disclosure has an epoch of every asset, all of one snapshot.
create table custody_disclosures (
  epoch    bigint primary key check (epoch > 0),
  sequence bigint not null,                -- of the journal: the balances of the snapshot are those after it
  cut_id   bigint references custody_cuts, -- the reconciliation that went before it
  made_by  text not null,
  made_at  timestamptz not null
);
alter table custody_liability_epochs
  add column test_funds bigint not null default 0,         -- units that a demo gave away and no coins stand for
  add column unswept    numeric(78, 0) not null default 0; -- atoms on customers' addresses, which are not named

-- What an address of the house says; the keys of cold ones are elsewhere, so theirs may come later or never.
create table custody_reserve_statements (
  epoch      bigint not null references custody_disclosures,
  chain      text not null,
  address    text not null,
  script     bytea not null,               -- scriptPubKey or 20 bytes
  height     bigint not null,
  block_hash bytea not null,
  message    text not null,
  signature  text,
  signed_at  timestamptz,
  primary key (epoch, chain, address)
);
create table custody_reserve_holdings (
  epoch   bigint not null,
  chain   text not null,
  address text not null,
  asset   integer not null,
  atoms   numeric(78, 0) not null,
  primary key (epoch, chain, address, asset),
  foreign key (epoch, chain, address) references custody_reserve_statements
);
