-- Where the ledger stood at a Mark, as the engine said it and as these tables had it in the very transaction that
-- brought the watermark there. Owner: org.fondaco.api.projection, the only writer. Amounts in ledger units.

create table ledger_marks (
  sequence                 bigint  not null, -- journal sequence of the Mark
  asset_id                 integer not null,
  cut_id                   bigint  not null,
  time                     bigint  not null, -- engine time, microseconds since the Unix epoch
  custody_last_n           bigint  not null, -- last number of source custody that is in the totals
  -- what the engine said
  custody                  bigint  not null, -- minus what custody owes
  fees                     bigint  not null,
  rounding                 bigint  not null,
  suspense                 bigint  not null,
  house                    bigint  not null,
  test_funds               bigint  not null,
  customers_free           bigint  not null,
  customers_held           bigint  not null,
  -- what table balances had at this sequence
  projected_sum            numeric not null, -- over all accounts; zero, or something is broken
  projected_custody        bigint  not null,
  projected_customers_free numeric not null,
  projected_customers_held numeric not null,
  -- over every balance of every account and asset (org.fondaco.engine.core.LedgerHash): 16 bytes, high half first
  engine_hash              bytea   not null check (length(engine_hash) = 16),
  projected_hash           bytea   not null check (length(projected_hash) = 16),
  primary key (sequence, asset_id)
);
create index ledger_marks_cut on ledger_marks (cut_id);

-- Accounts whose freeze flag was ever set, as it is now.
create table account_freezes (
  account_id bigint  primary key,
  frozen     boolean not null,
  sequence   bigint  not null -- command that last changed it
);
