select asset, state, height is not null, sum(atoms), sum(units), sum(credited), sum(residue) from custody_deposits group by 1, 2, 3;
select kind, asset, sum(amount), sum(fee) from custody_outbox where outcome = 'APPLIED' group by 1, 2;
select chain, sum(atoms) from custody_outputs where spent_height is null group by 1;
select asset, sum(atoms) from custody_balance_changes group by 1;
select g.asset, a.height is not null, sum(p.atoms) from custody_payees p join custody_groups g using (group_id)
  join custody_attempts a using (group_id) group by 1, 2;
select g.chain, sum(a.paid_fee) from custody_attempts a join custody_groups g using (group_id) group by 1;
