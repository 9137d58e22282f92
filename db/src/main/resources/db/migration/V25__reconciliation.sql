-- Written by org.fondaco.custody.reconciliation.

-- One look at everything: the ledger at a Mark, custody's rows and the chains at their cursors.
create table custody_cuts (
  cut_id      bigint generated always as identity primary key,
  state       text not null check (state in ('MARKING', 'MARKED', 'DONE', 'INCONCLUSIVE', 'DISCARDED')),
  begun_by    text not null,
  begun_at    timestamptz not null,
  n           bigint,                    -- of the Mark among custody's commands: what is below is in the totals
  sequence    bigint,                    -- of the Mark in the journal
  tries       integer not null default 0,
  finished_at timestamptz,
  note        text
);
create unique index custody_cuts_open on custody_cuts ((true)) where state in ('MARKING', 'MARKED');

-- own = liabilities + seen + … - paid - … + break, in atoms. A unit may be less than an atom: not whole numbers only.
create table custody_cut_assets (
  cut_id             bigint not null references custody_cuts,
  asset              integer not null,
  cursor_height      bigint not null,
  cursor_hash        bytea not null,
  own                numeric not null,   -- as the node says
  recorded           numeric not null,   -- as custody's rows say
  liabilities        numeric not null,
  customers          numeric not null,   -- part of liabilities, for people to read
  seen               numeric not null,
  confirmed          numeric not null,
  below_min          numeric not null,
  residue            numeric not null,
  unattributed       numeric not null,
  written_off_return numeric not null,
  paid               numeric not null,
  gas                numeric not null,
  credited_orphan    numeric not null,
  posted_orphan      numeric not null,
  break              numeric not null,
  primary key (cut_id, asset)
);
create index custody_cut_assets_asset on custody_cut_assets (asset, cut_id);

-- What one person proposes and another one books.
create table custody_adjustments (
  adjustment_id bigint generated always as identity primary key,
  kind          text not null check (kind in ('ATTRIBUTE', 'WRITE_OFF', 'MOVE')),
  deposit_id    bigint references custody_deposits,
  from_account  bigint,
  to_account    bigint,
  asset         integer,
  amount        bigint check (amount > 0),  -- units
  reason        text not null,
  proposed_by   text not null,
  proposed_at   timestamptz not null,
  state         text not null check (state in ('PROPOSED', 'BOOKING', 'BOOKED', 'REJECTED', 'REFUSED')),
  decided_by    text,
  decided_at    timestamptz,
  note          text,
  check (decided_by is null or decided_by <> proposed_by or state = 'REJECTED')
);
create index custody_adjustments_open on custody_adjustments (adjustment_id) where state in ('PROPOSED', 'BOOKING');
