-- people: a halted chain goes on when a second person asks for the same as the first.
alter table custody_chains
  add column resume_asked_by text,
  add column resume_accepted integer check (resume_accepted >= 0),
  add check ((resume_asked_by is null) = (resume_accepted is null)),
  add check (resume_asked_by is null or halted is not null);
