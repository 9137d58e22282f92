-- scan: a chain's blocks are read again, for addresses that were not watched when they were read first; the next one
-- of that, null = not now.
alter table custody_chains add column rescan_next bigint;
