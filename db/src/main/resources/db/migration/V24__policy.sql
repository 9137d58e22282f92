-- Written by org.fondaco.custody.policy. A version is never changed but for its confirmation.

create table custody_policies (
  version      bigint primary key check (version > 0),
  document     jsonb not null,
  editors      text[] not null,
  published_by text not null,
  published_at timestamptz not null,
  confirmed_by text,
  confirmed_at timestamptz,
  check (confirmed_by is null or not (confirmed_by = any (editors) or confirmed_by = published_by))
);

create table custody_policy_drafts (
  draft_id   bigint generated always as identity primary key,
  document   jsonb not null,
  editors    text[] not null,
  changed_at timestamptz not null,
  version    bigint references custody_policies -- null = not published
);

-- What was let go, or waits for people: counts in the windows of limits unless its withdrawal is released.
create table custody_velocity (
  withdrawal_id bigint primary key,
  account       bigint not null,
  asset         integer not null references custody_assets,
  amount        bigint not null,             -- units
  reference     numeric(60, 2) not null,     -- reference currency, rounded up
  at            timestamptz not null
);
create index custody_velocity_account on custody_velocity (account, at);
create index custody_velocity_at on custody_velocity (at);

-- A person's word on a withdrawal, a movement or an adjustment; one each, a rejection is final.
create table custody_approvals (
  subject_kind text not null check (subject_kind in ('WITHDRAWAL', 'MOVEMENT', 'ADJUSTMENT')),
  subject_id   bigint not null,
  person       text not null,
  approves     boolean not null,
  note         text not null,
  at           timestamptz not null,
  primary key (subject_kind, subject_id, person)
);

create table custody_address_book (
  entry_id   bigint generated always as identity primary key,
  account    bigint not null,
  chain      text not null,
  script     bytea not null,
  address    text not null,
  label      text not null,
  added_at   timestamptz not null,
  usable_at  timestamptz not null,
  removed_at timestamptz
);
create unique index custody_address_book_listed on custody_address_book (account, chain, script) where removed_at is null;

-- Customers whose withdrawals go to listed addresses only. ends_at null = until further notice.
create table custody_address_book_only (
  account bigint primary key,
  ends_at timestamptz
);

-- The halt switch. asset null = everything. A per-asset halt is in custody_assets.halted, too.
create table custody_halts (
  halt_id       bigint generated always as identity primary key,
  asset         integer references custody_assets,
  reason        text not null,
  halted_by     text not null,
  halted_at     timestamptz not null,
  lift_asked_by text,
  lift_asked_at timestamptz,
  lifted_by     text,
  lifted_at     timestamptz,
  check (lifted_by is null or lifted_by <> lift_asked_by)
);
create unique index custody_halts_open on custody_halts (asset) nulls not distinct where lifted_at is null;
