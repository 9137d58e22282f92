-- issue: a family's version counts every change of its watched addresses. The row lock of the trigger makes versions
-- grow in the order of commits, so that who has read version v misses nothing up to v.
create table custody_watch_versions (
  family  text primary key,
  version bigint not null
);
alter table custody_addresses add column watch_version bigint not null default 0;
create index custody_addresses_watch on custody_addresses (family, watch_version);

create function custody_watch() returns trigger language plpgsql as $$
begin
  insert into custody_watch_versions (family, version) values (new.family, 1)
    on conflict (family) do update set version = custody_watch_versions.version + 1
    returning version into new.watch_version;
  return new;
end $$;
create trigger custody_addresses_watch_insert before insert on custody_addresses
  for each row execute function custody_watch();
create trigger custody_addresses_watch_update before update of account, tier, script, family on custody_addresses
  for each row execute function custody_watch();

-- scan: how far a chain ever was; the fork of a reorganisation lies no deeper than maxReorg below it.
alter table custody_chains add column highest bigint not null default 0;

-- scan: receipts of tokens that no asset has, and outputs that carry one beside their coins: listed, never credited.
create table custody_unknown_tokens (
  chain      text not null,
  txid       bytea not null,
  position   text not null,                -- as in custody_deposits
  token      text not null,                -- contract, or category of a CashToken
  address_id bigint not null references custody_addresses,
  quantity   numeric(78, 0) not null,      -- the token's own units; of a CashToken the atoms that lie with it
  height     bigint not null,
  primary key (chain, txid, position)
);
create index custody_unknown_tokens_height on custody_unknown_tokens (chain, height);

-- deposit: what a deposit's transaction spends. An array with a GIN index can be read by bitmaps only, which the
-- connections of the venue avoid.
drop index custody_deposits_spends;
alter table custody_deposits drop column spends;
create table custody_deposit_spends (
  chain text not null,
  spend text not null,                     -- 'txid:vout' of an input, or 'sender:nonce'
  txid  bytea not null,
  primary key (chain, spend, txid)
);
create index custody_deposit_spends_txid on custody_deposit_spends (chain, txid);

-- deposit: units of applied credits that stand for this deposit: its own, more or less what fills moved, less what
-- was written off.
alter table custody_deposits add column credited bigint not null default 0;
alter table custody_deposits add column memo text;
-- two people said whose it is; a reorganisation does not undo their word.
alter table custody_deposits add column attributed boolean not null default false;

-- deposit: a credit that lost its coins stands for other coins now (D8).
create table custody_deposit_fills (
  fill_id   bigint generated always as identity primary key,
  hole_id   bigint not null references custody_deposits,
  filler_id bigint not null references custody_deposits,
  units     bigint not null check (units > 0),
  filled_at timestamptz not null
);
create index custody_deposit_fills_hole on custody_deposit_fills (hole_id);
create index custody_deposit_fills_filler on custody_deposit_fills (filler_id);
