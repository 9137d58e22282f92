-- Commands of venue control on their way to the engine. Owner: org.fondaco.api.venue. A row is written in the same
-- transaction as its audit_log row, before the command is sent, and answered afterwards; rows without an outcome are
-- sent again at the next start, and the engine applies each n once.

create table venue_commands (
  n           bigint      primary key check (n > 0), -- number within the source, without gaps
  actor       text        not null,
  command     bytea       not null,                  -- encoded as in the journal, without stamp
  outcome     text,                                  -- null = not answered yet
  reason      text,
  answered_at timestamptz
);
create index venue_commands_unanswered on venue_commands (n) where outcome is null;
