-- Custody. States, keys and the order of durability: docs/custody.md. Atoms are the chain's smallest unit, units the
-- ledger's. Owners: a table is written by the package of org.fondaco.custody that its comment names.

-- leader: which process may write; every transaction of custody compares its epoch.
create table custody_leader (
  singleton boolean primary key default true check (singleton),
  epoch     bigint not null,
  holder    text not null,
  since     timestamptz not null
);

-- chain: identity is pinned when a chain is first seen; the cursor is the last block whose rows are here.
create table custody_chains (
  chain         text primary key,
  identity      text not null,             -- chain id and genesis hash, as the chain's client states them
  block1_hash   bytea,                     -- null until the chain has a block 1
  cursor_height bigint not null,
  cursor_hash   bytea not null,
  halted        text,                      -- null = runs, else why it does not
  halted_at     timestamptz
);

create table custody_assets (
  asset     integer primary key,           -- the engine's id
  code      text not null unique,
  chain     text not null references custody_chains,
  contract  bytea,                         -- null = the chain's own coin
  decimals  integer not null check (decimals between 0 and 36),
  scale     integer not null check (scale between 0 and 10),
  halted    text,                          -- withdrawals of the asset: null = run, else why they do not
  halted_at timestamptz,
  unique nulls not distinct (chain, contract)
);

-- outbox: commands for the engine; n is given by the dispatcher just before sending.
create table custody_outbox (
  id              bigint generated always as identity primary key,
  cmd_id          bytea not null unique check (octet_length(cmd_id) = 32),
  n               bigint unique check (n > 0),
  kind            text not null,
  account         bigint not null default 0,
  to_account      bigint not null default 0,
  asset           integer not null default 0,
  amount          bigint not null default 0,
  fee             bigint not null default 0,
  hold_id         bigint not null default 0,
  cut_id          bigint not null default 0,
  subject_kind    text not null,           -- whose step it is: DEPOSIT, WITHDRAWAL, PAYOUT, CUT, ADJUSTMENT
  subject_id      bigint not null,
  written_at      timestamptz not null default now(),
  outcome         text check (outcome in ('APPLIED', 'REJECTED')),
  reason          text,
  result_hold     bigint,
  engine_sequence bigint,
  answered_at     timestamptz
);
create index custody_outbox_waiting on custody_outbox (id) where outcome is null;
create index custody_outbox_subject on custody_outbox (subject_kind, subject_id);

-- address: a family is BTC, BCH, LTC or ETH (tokens share it). Never reassigned, watched for ever.
create table custody_address_counters (
  family text not null,
  tier   text not null check (tier in ('CUSTOMER', 'HOT', 'WARM', 'COLD', 'GAS')),
  next   bigint not null,
  primary key (family, tier)
);
create table custody_addresses (
  address_id bigint generated always as identity primary key,
  family     text not null,
  tier       text not null check (tier in ('CUSTOMER', 'HOT', 'WARM', 'COLD', 'GAS')),
  index      bigint not null,              -- within the tier; below zero = not derived (an imported watch-only address)
  path       text not null,
  address    text not null,
  script     bytea not null,               -- scriptPubKey, or the 20 bytes of an account chain's address
  account    bigint,                       -- the customer; null = the house, or an owner that is not known
  state      text not null check (state in ('ISSUED', 'USED', 'RETIRED')),
  issued_at  timestamptz not null default now(),
  unique (family, tier, index),
  unique (family, script),
  check (tier = 'CUSTOMER' or account is null)
);
create unique index custody_addresses_customer on custody_addresses (account, family) where state <> 'RETIRED';

-- scan: the canonical chain as custody has seen it, back to maxReorg and beyond.
create table custody_blocks (
  chain  text not null,
  height bigint not null,
  hash   bytea not null,
  parent bytea not null,
  time   timestamptz not null,
  primary key (chain, height)
);

-- scan: outputs of ours on UTXO chains; a spent one stays until it is final.
create table custody_outputs (
  chain        text not null,
  txid         bytea not null,
  vout         integer not null,
  address_id   bigint not null references custody_addresses,
  atoms        numeric(78, 0) not null check (atoms >= 0),
  coinbase     boolean not null,
  height       bigint not null,
  block_hash   bytea not null,
  origin       text not null check (origin in ('DEPOSIT', 'INTERNAL', 'UNATTRIBUTED')),
  spent_height bigint,                     -- on the canonical chain; null = unspent
  spent_txid   bytea,
  primary key (chain, txid, vout)
);
create index custody_outputs_unspent on custody_outputs (chain, address_id) where spent_height is null;
create index custody_outputs_height on custody_outputs (chain, height);
create index custody_outputs_spent on custody_outputs (chain, spent_height) where spent_height is not null;

-- scan: balances of ours on account chains, as the blocks up to the cursor explain them; one row a change, so that
-- a block can be undone.
create table custody_balance_changes (
  change_id  bigint generated always as identity primary key,
  chain      text not null,
  height     bigint not null,
  block_hash bytea not null,
  address_id bigint not null references custody_addresses,
  asset      integer not null,
  atoms      numeric(78, 0) not null,      -- below zero = left
  cause      text not null check (cause in ('DEPOSIT', 'INTERNAL', 'UNATTRIBUTED', 'PAYOUT', 'GAS', 'FOREIGN')),
  txid       bytea,
  ordinal    integer not null default -1   -- of the log within its receipt, -1 = the coin itself
);
create index custody_balance_changes_block on custody_balance_changes (chain, height);
create index custody_balance_changes_address on custody_balance_changes (address_id, asset);

-- deposit
create table custody_deposits (
  deposit_id   bigint generated always as identity primary key,
  chain        text not null,
  txid         bytea not null,
  position     text not null,              -- 'vout', 'native', or 'contract:k', k = ordinal within the receipt
  asset        integer not null references custody_assets,
  account      bigint,                     -- null = nobody's (restored or house address): unattributed
  address_id   bigint not null references custody_addresses,
  atoms        numeric(78, 0) not null,
  units        bigint not null,            -- whole ledger units of it
  residue      numeric(78, 0) not null,    -- atoms that are less than a unit
  coinbase     boolean not null default false,
  spends       text[] not null,            -- 'txid:vout' of its inputs, or 'sender:nonce'
  height       bigint,                     -- null = on no canonical block
  block_hash   bytea,
  state        text not null check (state in ('SEEN', 'BELOW_MIN', 'ORPHANED', 'CONFIRMED', 'CREDITED', 'SUSPENSE',
                                              'CREDITED_ORPHANED', 'WRITTEN_OFF', 'FINAL', 'UNATTRIBUTED')),
  reorgs       integer not null default 0,
  filled_by    bigint references custody_deposits, -- the deposit that fills the hole that this one left
  seen_at      timestamptz not null,
  credited_at  timestamptz,
  changed_at   timestamptz not null,
  unique (chain, txid, position)
);
create index custody_deposits_account on custody_deposits (account, deposit_id);
create index custody_deposits_open on custody_deposits (chain, state) where state in ('SEEN', 'CONFIRMED', 'CREDITED', 'CREDITED_ORPHANED');
create index custody_deposits_height on custody_deposits (chain, height);
create index custody_deposits_spends on custody_deposits using gin (spends);

-- withdrawal
create table custody_withdrawals (
  withdrawal_id     bigint generated always as identity primary key,
  account           bigint not null,
  withdraw_order_id text not null,         -- of the customer, or made by us
  asset             integer not null references custody_assets,
  chain             text not null,
  address           text not null,
  script            bytea not null,        -- scriptPubKey or 20 bytes
  amount            bigint not null check (amount > 0), -- units that the payee receives
  fee               bigint not null check (fee >= 0),   -- units that the customer pays on top
  state             text not null check (state in ('REQUESTED', 'RESERVED', 'REFUSED', 'AWAITING', 'APPROVED', 'ASSIGNED',
                                                   'MINED', 'FINAL', 'POSTING', 'DONE', 'DONE_ORPHANED', 'VOIDING',
                                                   'VOIDED', 'INTERNAL')),
  reason            text,                  -- of REFUSED and VOIDED, for the customer
  hold_id           bigint,
  group_id          bigint,
  txid              bytea,                 -- of the attempt that was mined, or was sent last
  policy_version    bigint,
  policy_tree       jsonb,                 -- the evaluated rules
  cancel_wanted     boolean not null default false,
  internal_account  bigint,                -- the payee, when the address is one of ours
  attention         text,
  requested_at      timestamptz not null,
  expires_at        timestamptz,           -- of AWAITING
  completed_at      timestamptz,
  changed_at        timestamptz not null,
  unique (account, withdraw_order_id)
);
create index custody_withdrawals_open on custody_withdrawals (state, withdrawal_id) where state not in ('DONE', 'VOIDED', 'REFUSED');
create index custody_withdrawals_account on custody_withdrawals (account, withdrawal_id);

create table custody_withdrawal_steps (
  withdrawal_id bigint not null references custody_withdrawals,
  at            timestamptz not null,
  step          integer not null,
  state         text not null,
  memo          text not null,
  primary key (withdrawal_id, step)
);

-- payout: a group of payments with one anchor, its attempts, and what the anchor is.
create table custody_groups (
  group_id    bigint generated always as identity primary key,
  chain       text not null,
  purpose     text not null check (purpose in ('PAY', 'SWEEP', 'FUNDING', 'CONSOLIDATION', 'MOVEMENT', 'CHILD')),
  asset       integer not null references custody_assets,
  from_id     bigint references custody_addresses,  -- the account chain's sender
  state       text not null check (state in ('INTENT', 'SENDING', 'MINED', 'PAID', 'CANCELLED', 'REVERTED', 'CONFLICTED')),
  attention   text,
  mined_attempt bigint,
  created_at  timestamptz not null,
  changed_at  timestamptz not null
);
create index custody_groups_open on custody_groups (chain, state) where state in ('INTENT', 'SENDING', 'MINED');

create table custody_payees (
  group_id      bigint not null references custody_groups,
  position      integer not null,
  script        bytea not null,
  address       text not null,
  atoms         numeric(78, 0) not null check (atoms >= 0),
  withdrawal_id bigint references custody_withdrawals,
  primary key (group_id, position)
);

create table custody_anchors (
  chain    text not null,
  anchor   text not null,                  -- 'address:nonce', or 'txid:vout' of each input of the first attempt
  group_id bigint not null references custody_groups,
  primary key (chain, anchor)
);
create index custody_anchors_group on custody_anchors (group_id);

create table custody_attempts (
  attempt_id  bigint generated always as identity primary key,
  group_id    bigint not null references custody_groups,
  number      integer not null,
  kind        text not null check (kind in ('PAY', 'CANCEL')),
  state       text not null check (state in ('INTENT', 'SIGNED', 'SENDING', 'MINED', 'FINAL', 'LOST')),
  unsigned    bytea not null,              -- what is signed, complete but for signatures
  digest      bytea not null,              -- SHA-256 of it, in the guard before it is signed
  inputs      text[] not null,             -- 'txid:vout'; empty on account chains
  fee_atoms   numeric(78, 0) not null,     -- offered; on account chains the most it can cost
  fee_rate    numeric(78, 0) not null,     -- atoms a kilo virtual byte, or wei a gas
  raw         bytea,
  txid        bytea,
  height      bigint,                      -- where it is mined on the canonical chain
  block_hash  bytea,
  succeeded   boolean,                     -- receipt status and transfer, account chains
  paid_fee    numeric(78, 0),              -- what it cost
  created_at  timestamptz not null,
  sent_at     timestamptz,
  unique (group_id, number)
);
create unique index custody_attempts_txid on custody_attempts (txid) where txid is not null;

create table custody_nonces (
  chain      text not null,
  address_id bigint not null references custody_addresses,
  next       bigint not null,
  primary key (chain, address_id)
);

-- reconciliation: open questions, with an age that survives cuts.
create table custody_breaks (
  break_id   bigint generated always as identity primary key,
  asset      integer not null,
  cause      text not null,
  key        text not null,
  atoms      numeric(78, 0) not null,      -- below zero = missing
  owner      text,
  opened_at  timestamptz not null,
  seen_at    timestamptz not null,
  closed_at  timestamptz,
  note       text
);
create unique index custody_breaks_open on custody_breaks (asset, cause, key) where closed_at is null;
