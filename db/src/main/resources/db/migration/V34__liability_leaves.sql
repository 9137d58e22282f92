-- liability: leaves are written by one statement, in the transaction that has just written their epoch; looking the
-- epoch up again for each of a million of them took longer than everything else.
alter table custody_liability_leaves drop constraint custody_liability_leaves_epoch_asset_fkey;
