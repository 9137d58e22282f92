-- deposit: every block asks for the deposits that have become deep; where a state has many rows, only those are read.
drop index custody_deposits_open;
create index custody_deposits_open on custody_deposits (chain, state, height)
  where state in ('SEEN', 'CONFIRMED', 'CREDITED', 'CREDITED_ORPHANED');

-- deposit: while there is none of these, deposits are confirmed together.
create index custody_deposits_contested on custody_deposits (chain)
  where state = 'CREDITED_ORPHANED' or state = 'CONFIRMED' and height is null or state = 'WRITTEN_OFF' and credited > 0;

-- outbox: what the engine has not answered, in the order of the numbers, however long the history is.
create index custody_outbox_sent on custody_outbox (n) where outcome is null and n is not null;
