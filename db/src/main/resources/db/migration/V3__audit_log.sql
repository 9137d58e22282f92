-- Who did what to the venue. hash = SHA-256 over prev_hash and the other columns, so that a row cannot be changed or
-- removed without breaking every later one. Rows are only ever added.

create table audit_log (
  seq       bigint      primary key,
  at        timestamptz not null,
  actor     text        not null,
  action    text        not null,
  detail    jsonb       not null,
  prev_hash bytea       not null,
  hash      bytea       not null
);

create function audit_log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit_log is append-only';
end
$$;
create trigger audit_log_append_only before update or delete or truncate on audit_log
  for each statement execute function audit_log_is_append_only();
