package org.fondaco.custody.liability;

import static org.fondaco.db.schema.Tables.CUSTODY_CHAINS;
import static org.fondaco.db.schema.Tables.CUSTODY_LIABILITY_EPOCHS;
import static org.fondaco.db.schema.Tables.CUSTODY_RESERVE_HOLDINGS;
import static org.fondaco.db.schema.Tables.CUSTODY_RESERVE_STATEMENTS;

import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.signer.Signer;
import org.fondaco.db.schema.tables.records.CustodyChainsRecord;
import org.fondaco.db.schema.tables.records.CustodyReserveStatementsRecord;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * What is there at the cursors of a snapshot. The house's addresses are named and sign; customers'
 * are not: whoever paid to one would see whose it is and what became of it.
 */
final class ReserveRows {
  private static final HexFormat HEX = HexFormat.of();
  private static final String VENUE = "Fondaco";
  private static final int P2WPKH_BYTES = 22;
  private static final int P2PKH_BYTES = 25;
  private static final String COLD = "COLD";

  /** One row an address and asset, of accounts and of outputs. */
  private static final String HELD =
      """
      select a.family, a.address, a.tier, a.path, a.script, c.asset, sum(c.atoms) as atoms
      from custody_balance_changes c join custody_addresses a on a.address_id = c.address_id
      where a.tier <> 'CUSTOMER'
      group by a.address_id, c.asset having sum(c.atoms) <> 0
      union all
      select a.family, a.address, a.tier, a.path, a.script, s.asset, sum(o.atoms) as atoms
      from custody_outputs o join custody_addresses a on a.address_id = o.address_id
      join custody_assets s on s.chain = o.chain and s.contract is null
      where a.tier <> 'CUSTOMER' and o.spent_height is null
      group by a.address_id, s.asset
      order by family, address, asset
      """;

  private static final String UNSWEPT =
      """
      select asset, sum(atoms) as atoms from (
        select c.asset, c.atoms
        from custody_balance_changes c join custody_addresses a on a.address_id = c.address_id
        where a.tier = 'CUSTOMER'
        union all
        select s.asset, o.atoms
        from custody_outputs o join custody_addresses a on a.address_id = o.address_id
        join custody_assets s on s.chain = o.chain and s.contract is null
        where a.tier = 'CUSTOMER' and o.spent_height is null) held
      group by asset
      """;

  private final ReserveStatements statements;
  private final Signer signer;

  ReserveRows(ReserveStatements statements, Signer signer) {
    this.statements = statements;
    this.signer = signer;
  }

  /** Writes what is there for an epoch whose rows of assets are written. */
  void write(DSLContext t, long epoch, Instant now) {
    Map<String, CustodyChainsRecord> cursors =
        t.selectFrom(CUSTODY_CHAINS).fetchMap(CUSTODY_CHAINS.CHAIN);
    String before = "";
    for (Record held : t.fetch(HELD)) {
      String chain = held.get("family", String.class);
      String address = held.get("address", String.class);
      CustodyChainsRecord cursor = cursors.get(chain);
      if (cursor == null) {
        continue;
      }
      if (!before.equals(chain + address)) {
        state(t, epoch, held, cursor, now);
        before = chain + address;
      }
      t.insertInto(CUSTODY_RESERVE_HOLDINGS)
          .set(CUSTODY_RESERVE_HOLDINGS.EPOCH, epoch)
          .set(CUSTODY_RESERVE_HOLDINGS.CHAIN, chain)
          .set(CUSTODY_RESERVE_HOLDINGS.ADDRESS, address)
          .set(CUSTODY_RESERVE_HOLDINGS.ASSET, held.get("asset", Integer.class))
          .set(CUSTODY_RESERVE_HOLDINGS.ATOMS, held.get("atoms", BigInteger.class))
          .execute();
    }
    for (Record unswept : t.fetch(UNSWEPT)) {
      t.update(CUSTODY_LIABILITY_EPOCHS)
          .set(CUSTODY_LIABILITY_EPOCHS.UNSWEPT, unswept.get("atoms", BigInteger.class))
          .where(CUSTODY_LIABILITY_EPOCHS.EPOCH.eq(epoch))
          .and(CUSTODY_LIABILITY_EPOCHS.ASSET.eq(unswept.get("asset", Integer.class)))
          .execute();
    }
  }

  private void state(
      DSLContext t, long epoch, Record held, CustodyChainsRecord cursor, Instant now) {
    ChainName chain = ChainName.valueOf(cursor.getChain());
    String address = held.get("address", String.class);
    String message =
        ReserveStatements.message(
            VENUE,
            epoch,
            chain,
            cursor.getCursorHeight(),
            HEX.formatHex(cursor.getCursorHash()),
            address);
    Optional<String> signature = signature(chain, held, message);
    CustodyReserveStatementsRecord row = t.newRecord(CUSTODY_RESERVE_STATEMENTS);
    row.setEpoch(epoch);
    row.setChain(chain.name());
    row.setAddress(address);
    row.setScript(held.get("script", byte[].class));
    row.setHeight(cursor.getCursorHeight());
    row.setBlockHash(cursor.getCursorHash());
    row.setMessage(message);
    signature.ifPresent(signed -> {
      row.setSignature(signed);
      row.setSignedAt(now.atOffset(ZoneOffset.UTC));
    });
    row.insert();
  }

  /** Empty for cold addresses, and for forms of which wallets sign no messages by one key. */
  private Optional<String> signature(ChainName chain, Record held, String message) {
    byte[] script = held.get("script", byte[].class);
    boolean signs =
        !chain.hasOutputs() || script.length == P2WPKH_BYTES || script.length == P2PKH_BYTES;
    if (!signs || held.get("tier", String.class).equals(COLD)) {
      return Optional.empty();
    }
    KeyRef key = KeyRef.parse(held.get("path", String.class));
    if (!signer.knows(key)) {
      return Optional.empty();
    }
    String address = held.get("address", String.class);
    boolean witness = script.length == P2WPKH_BYTES;
    String signature = statements.sign(signer, key, chain, address, witness, message).signature();
    if (!ReserveStatements.holds(chain, script, message, signature)) {
      throw new IllegalStateException("the signer's key of " + address + " is another one");
    }
    return Optional.of(signature);
  }

  /** Keeps a signature that was made elsewhere. */
  static Disclosures.Taking sign(
      DSLContext t, long epoch, String address, String signature, Instant now) {
    CustodyReserveStatementsRecord row =
        t.selectFrom(CUSTODY_RESERVE_STATEMENTS)
            .where(CUSTODY_RESERVE_STATEMENTS.EPOCH.eq(epoch))
            .and(CUSTODY_RESERVE_STATEMENTS.ADDRESS.eq(address))
            .forUpdate()
            .fetchOne();
    if (row == null) {
      return Disclosures.Taking.NO_ADDRESS;
    }
    ChainName chain = ChainName.valueOf(row.getChain());
    if (!ReserveStatements.holds(chain, row.getScript(), row.getMessage(), signature)) {
      return Disclosures.Taking.NOT_ITS_OWN;
    }
    row.setSignature(signature);
    row.setSignedAt(now.atOffset(ZoneOffset.UTC));
    row.update();
    return Disclosures.Taking.TAKEN;
  }

  static List<Disclosure.Reserve> read(DSLContext t, long epoch) {
    Map<String, Map<Integer, BigInteger>> atoms = new HashMap<>();
    t.selectFrom(CUSTODY_RESERVE_HOLDINGS)
        .where(CUSTODY_RESERVE_HOLDINGS.EPOCH.eq(epoch))
        .forEach(row ->
            atoms
                .computeIfAbsent(row.getChain() + row.getAddress(), _ -> new HashMap<>())
                .put(row.getAsset(), row.getAtoms()));
    return t.selectFrom(CUSTODY_RESERVE_STATEMENTS)
        .where(CUSTODY_RESERVE_STATEMENTS.EPOCH.eq(epoch))
        .orderBy(CUSTODY_RESERVE_STATEMENTS.CHAIN, CUSTODY_RESERVE_STATEMENTS.ADDRESS)
        .fetch(row ->
            new Disclosure.Reserve(
                ChainName.valueOf(row.getChain()),
                row.getAddress(),
                row.getHeight(),
                HEX.formatHex(row.getBlockHash()),
                row.getMessage(),
                row.getSignature(),
                atoms.getOrDefault(row.getChain() + row.getAddress(), Map.of())));
  }
}
