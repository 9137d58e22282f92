-- sweep: what moves a customer's account of an account chain to the hot wallet. On UTXO chains the group is the record.
create table custody_sweeps (
  sweep_id      bigint generated always as identity primary key,
  chain         text not null,
  address_id    bigint not null references custody_addresses,
  seq           integer not null,
  asset         integer not null references custody_assets,
  atoms         numeric(78, 0) not null,   -- of a token: all of it; of the coin: what was there when it was planned
  state         text not null check (state in ('FUNDING', 'FUNDED', 'ASSIGNED', 'MINED', 'DONE', 'FAILED')),
  funding_group bigint references custody_groups, -- pays the gas of a token's sweep
  group_id      bigint references custody_groups,
  reason        text,
  created_at    timestamptz not null,
  changed_at    timestamptz not null,
  unique (address_id, seq)
);
create unique index custody_sweeps_live on custody_sweeps (address_id) where state not in ('DONE', 'FAILED');
create index custody_sweeps_funding on custody_sweeps (funding_group);
create index custody_sweeps_group on custody_sweeps (group_id);
