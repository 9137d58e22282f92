package org.fondaco.custody.reconciliation;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The terms of the equation (CUSTODY_FLOWS.md, section 6), in atoms of the asset. A ledger unit can
 * be less than an atom, so they are decimal numbers.
 *
 * @param liabilities what the ledger owes: customers, fees, suspense and house in one number
 * @param seen deposits that are not deep enough
 * @param confirmed deposits whose credit is not in the ledger's totals, whole units
 * @param belowMin deposits that are never credited
 * @param residue of deposits, what is less than a unit
 * @param unattributed nobody's until two people say whose
 * @param writtenOffReturn deposits that came back after they were written off
 * @param paid payments on the chain whose posting is not in the totals
 * @param gas network fees on the chain that are not in the totals
 * @param creditedOrphan credits in the totals without coins on the chain
 * @param postedOrphan postings and expenses in the totals whose transaction is not on the chain
 */
public record Terms(
    BigDecimal liabilities,
    BigDecimal seen,
    BigDecimal confirmed,
    BigDecimal belowMin,
    BigDecimal residue,
    BigDecimal unattributed,
    BigDecimal writtenOffReturn,
    BigDecimal paid,
    BigDecimal gas,
    BigDecimal creditedOrphan,
    BigDecimal postedOrphan) {

  /** What should be there. */
  public BigDecimal expected() {
    return signed().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Every term by its name, with the sign that it has in the sum. */
  public Map<String, BigDecimal> signed() {
    Map<String, BigDecimal> terms = new LinkedHashMap<>();
    terms.put("liabilities", liabilities);
    terms.put("seen", seen);
    terms.put("confirmed", confirmed);
    terms.put("belowMin", belowMin);
    terms.put("residue", residue);
    terms.put("unattributed", unattributed);
    terms.put("writtenOffReturn", writtenOffReturn);
    terms.put("paid", paid.negate());
    terms.put("gas", gas.negate());
    terms.put("creditedOrphan", creditedOrphan.negate());
    terms.put("postedOrphan", postedOrphan);
    return terms;
  }
}
