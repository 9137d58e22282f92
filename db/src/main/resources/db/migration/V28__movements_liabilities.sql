-- Written by org.fondaco.custody.movement: between the tiers of the house, when two people agree.
create table custody_movements (
  movement_id bigint generated always as identity primary key,
  asset       integer not null references custody_assets,
  from_tier   text not null check (from_tier in ('HOT', 'WARM', 'COLD')),
  to_tier     text not null check (to_tier in ('HOT', 'WARM', 'COLD')),
  atoms       numeric(78, 0) not null check (atoms > 0),
  reason      text not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  expires_at  timestamptz not null,
  state       text not null check (state in ('PROPOSED', 'APPROVED', 'ASSIGNED', 'DONE', 'FAILED', 'REJECTED', 'EXPIRED')),
  group_id    bigint references custody_groups,
  attention   text,
  changed_at  timestamptz not null,
  check (from_tier <> to_tier)
);
create index custody_movements_open on custody_movements (asset) where state in ('PROPOSED', 'APPROVED', 'ASSIGNED');
create index custody_movements_group on custody_movements (group_id);

-- Written by org.fondaco.custody.liability: what was published, and the leaves that proofs are made of.
create table custody_liability_epochs (
  epoch        bigint not null,
  asset        integer not null,
  root         bytea not null check (octet_length(root) = 32),
  total        bigint not null check (total >= 0),
  leaves       bigint not null,
  made_at      timestamptz not null,
  published_at timestamptz,                -- no proof before
  primary key (epoch, asset)
);
create table custody_liability_leaves (
  epoch   bigint not null,
  asset   integer not null,
  account bigint not null,
  units   bigint not null check (units >= 0),
  primary key (epoch, asset, account),
  foreign key (epoch, asset) references custody_liability_epochs
);
