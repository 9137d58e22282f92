-- Written by org.fondaco.custody.breaks. The keys were brought back from a backup or from the words, so the guard file
-- may be older than what was signed: a chain signs and sends nothing before it was scanned to its node's tip.
create table custody_restores (
  chain           text primary key,
  restored_at     timestamptz not null,
  since_height    bigint not null check (since_height >= 0), -- where a chain that was never scanned begins
  guard_digest    bytea,                   -- newest entry of the guard file that was brought back; null = it was empty
  released_at     timestamptz,             -- null = it signs nothing
  released_height bigint,
  check ((released_at is null) = (released_height is null))
);

-- policy: somebody does not want a version. It stays in force as a tightening, and never stands alone.
alter table custody_policies
  add column rejected_by text,
  add column rejected_at timestamptz,
  add column rejection   text,
  add check ((rejected_by is null) = (rejected_at is null));
