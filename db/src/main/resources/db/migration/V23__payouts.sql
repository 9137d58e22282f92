-- payout: what groups need beside V21.
alter table custody_groups
  add column rest_id       bigint references custody_addresses, -- of ours: takes change, or everything of a group without payees
  add column nonce         bigint,                              -- account chains: of the anchor
  add column parent_id     bigint references custody_groups,    -- of a CHILD: the group whose change it spends
  add column cancel_wanted boolean not null default false,      -- by a person; the next attempt is a self-spend
  add column conflict      text check (conflict in ('FOREIGN', 'OWN', 'PARENT')), -- why no attempt can be mined
  add column conflict_txid bytea,                               -- spends a part of the anchor and is none of the attempts
  add column conflict_height bigint,
  add column settled       text check (settled in ('PAID', 'CANCELLED', 'REVERTED')); -- what the ledger was told; stays after a reorganisation

alter table custody_attempts
  add column change_vout integer not null default -1,           -- the output that comes back to us, -1 = none
  add column mined_txid  bytea,                                 -- as mined: a miner may have malleated a signature
  add column finals      integer not null default 0,            -- how often it became final: more than once after a deep reorganisation
  add column exported    boolean not null default false,        -- its key is elsewhere; people bring the signature
  add column refusal     text;                                  -- the node's last words; never a proof of anything

-- payout: outputs that no other group may take, added inputs of later attempts included; until the group is final.
create table custody_locks (
  chain    text not null,
  outpoint text not null,
  group_id bigint not null references custody_groups,
  primary key (chain, outpoint)
);
create index custody_locks_group on custody_locks (group_id);

-- payout: network fees of final attempts, in atoms, and what of them is written for the ledger, in units; the
-- difference is less than a unit, or below zero after a cheaper attempt took a dearer one's place.
create table custody_gas (
  asset  integer primary key references custody_assets,
  fees   numeric(78, 0) not null,
  booked bigint not null
);
