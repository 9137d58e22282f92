-- The rows that {accounts} customers leave: each with one deposit of bitcoin and one of ether or USDT, of which nineteen
-- in twenty are final and swept, and every fifth customer with one withdrawal on each chain. Placeholders are replaced.
alter table custody_addresses disable trigger custody_addresses_watch_insert;

insert into custody_addresses (family, tier, index, path, address, script, account, state)
select f.family, 'CUSTOMER', g, 'm/' || g, f.family || g,
  f.prefix || substring(sha256((f.family || g)::bytea), 1, 20), 999 + g, 'USED'
from generate_series(1, {accounts}) g, (values ('BTC', '\x0014'::bytea), ('ETH', ''::bytea)) as f(family, prefix);
alter table custody_addresses enable trigger custody_addresses_watch_insert;

-- Amounts have parts that are less than a unit (ether) and whole ones.
create temporary table came as
select a.address_id, a.family, a.account, a.index as g, sha256((a.family || 'in' || a.index)::bytea) as txid,
  case when a.family = 'BTC' then 1 when a.index % 2 = 0 then 2 else 5 end as asset,
  case when a.family = 'BTC' then 100000 + a.index % 1000
       when a.index % 2 = 0 then 1000000000000000::numeric + a.index
       else 5000000 + a.index % 1000 end as atoms,
  case when a.index % 1000 = 0 then 'SEEN' when a.index % 20 = 0 then 'CREDITED' else 'FINAL' end as state
from custody_addresses a where a.tier = 'CUSTOMER' order by a.index;
analyze came;

insert into custody_deposits (chain, txid, position, asset, account, address_id, atoms, units, residue, height, block_hash,
  state, credited, seen_at, changed_at)
select family, txid, '0', asset, account, address_id, atoms,
  case asset when 2 then div(atoms, 10000000000) when 5 then atoms * 100 else atoms end,
  case asset when 2 then mod(atoms, 10000000000) else 0 end, 1, '\x01', state,
  case when state = 'SEEN' then 0 else
    case asset when 2 then div(atoms, 10000000000) when 5 then atoms * 100 else atoms end end, now(), now()
from came;

insert into custody_outbox (cmd_id, n, kind, account, asset, amount, subject_kind, subject_id, outcome)
select sha256(('credit' || deposit_id)::bytea), row_number() over (order by deposit_id), 'Credit', account, asset, units,
  'DEPOSIT', deposit_id, 'APPLIED'
from custody_deposits where state <> 'SEEN';

-- Every final deposit was swept: of bitcoin its output is spent, of ether and USDT the account is empty.
insert into custody_outputs (chain, txid, vout, address_id, atoms, coinbase, height, block_hash, origin, spent_height, spent_txid)
select 'BTC', txid, 0, address_id, atoms, false, 1, '\x01', 'DEPOSIT',
  case when state = 'FINAL' then 2 end, case when state = 'FINAL' then '\x02'::bytea end
from came where family = 'BTC';

insert into custody_addresses (family, tier, index, path, address, script, state)
values ('BTC', 'HOT', 0, 'm/h', 'hot', '\x0014ff', 'USED'), ('ETH', 'HOT', 0, 'm/h', 'hot', '\xff', 'USED');

insert into custody_balance_changes (chain, height, block_hash, address_id, asset, atoms, cause)
select 'ETH', 1, '\x01'::bytea, address_id, asset, atoms, 'DEPOSIT' from came where family = 'ETH'
union all
select 'ETH', 2, '\x02'::bytea, address_id, asset, -atoms, 'INTERNAL' from came where family = 'ETH' and state = 'FINAL'
union all
select 'ETH', 2, '\x02'::bytea, (select address_id from custody_addresses where family = 'ETH' and tier = 'HOT'), asset, atoms, 'INTERNAL'
from came where family = 'ETH' and state = 'FINAL';

-- Withdrawals, paid and posted: on Bitcoin a hundred in a transaction, elsewhere one.
create temporary table went as
select row_number() over (order by family, g) as id, family, account, asset,
  case asset when 2 then 500000000000000::numeric when 5 then 1000000 else 20000 end as atoms,
  case asset when 2 then 50000 when 5 then 100000000 else 20000 end as units
from came where g % 10 in (0, 5);

insert into custody_withdrawals (account, withdraw_order_id, asset, chain, address, script, amount, fee, state, hold_id,
  requested_at, changed_at)
select account, 'w' || id, asset, family, 'x', '\x01', units, 1000, 'DONE', id, now(), now() from went order by id;

insert into custody_groups (chain, purpose, asset, from_id, state, created_at, changed_at)
select 'BTC', 'PAY', 1, null, 'PAID', now(), now()
from generate_series(1, (select (count(*) + 99) / 100 from went where family = 'BTC'))
union all
select 'ETH', 'PAY', asset, (select address_id from custody_addresses where family = 'ETH' and tier = 'HOT'), 'PAID', now(), now()
from (select * from went where family = 'ETH' order by id) e;

insert into custody_payees (group_id, position, script, address, atoms, withdrawal_id)
select case when w.family = 'BTC' then (w.place + 99) / 100 else w.place + (select count(*) from custody_groups where chain = 'BTC') end,
  case when w.family = 'BTC' then (w.place - 1) % 100 else 0 end, '\x01', 'x', w.atoms, w.id
from (select *, row_number() over (partition by family order by id) as place from went) w;

insert into custody_attempts (group_id, number, kind, state, unsigned, digest, inputs, fee_atoms, fee_rate, raw, txid, height,
  succeeded, paid_fee, created_at)
select group_id, 0, 'PAY', 'FINAL', '\x01', '\x01', '{}', 1000, 1, '\x01', sha256(('out' || group_id)::bytea), 3, true,
  case when chain = 'BTC' then 1000 else 100000000000000 end, now()
from custody_groups;

insert into custody_outbox (cmd_id, n, kind, account, asset, amount, fee, subject_kind, subject_id, outcome)
select sha256((k.kind || w.id)::bytea), (select max(n) from custody_outbox) + row_number() over (order by w.id, k.kind desc), k.kind,
  w.account, w.asset, w.units, case k.kind when 'Post' then 1000 else 0 end, 'WITHDRAWAL', w.id, 'APPLIED'
from went w, (values ('Reserve'), ('Post')) as k(kind);

insert into custody_outbox (cmd_id, n, kind, asset, amount, subject_kind, subject_id, outcome)
select sha256(('expense' || group_id)::bytea), (select max(n) from custody_outbox) + row_number() over (order by group_id), 'Expense',
  case when chain = 'BTC' then 1 else 2 end, case when chain = 'BTC' then 1000 else 10000 end, 'PAYOUT', group_id, 'APPLIED'
from custody_groups;

-- What was paid came from the hot wallet, which has what is left as one output, and as balances.
insert into custody_outputs (chain, txid, vout, address_id, atoms, coinbase, height, block_hash, origin)
select 'BTC', '\x04', 0, (select address_id from custody_addresses where family = 'BTC' and tier = 'HOT'),
  (select sum(atoms) from came where family = 'BTC' and state = 'FINAL')
    - (select sum(atoms) from went where family = 'BTC') - (select 1000 * count(*) from custody_groups where chain = 'BTC'),
  false, 3, '\x03', 'INTERNAL';

insert into custody_balance_changes (chain, height, block_hash, address_id, asset, atoms, cause)
select 'ETH', 3, '\x03'::bytea, (select address_id from custody_addresses where family = 'ETH' and tier = 'HOT'), asset, -atoms, 'PAYOUT'
from went where family = 'ETH'
union all
select 'ETH', 3, '\x03'::bytea, (select address_id from custody_addresses where family = 'ETH' and tier = 'HOT'), 2, -100000000000000, 'GAS'
from went where family = 'ETH';

analyze;
