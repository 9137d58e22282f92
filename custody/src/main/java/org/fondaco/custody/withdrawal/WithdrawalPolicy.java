package org.fondaco.custody.withdrawal;

import java.time.Instant;
import org.fondaco.custody.chain.Asset;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Decides on withdrawals; evaluated once when funds are held and again before the signature. */
public interface WithdrawalPolicy {

  /**
   * Decides in the caller's transaction. At {@link Stage#HELD} it consumes velocity; at {@link
   * Stage#SIGNING} it consumes nothing, and counts the approvals that the withdrawal has.
   */
  Decision evaluate(DSLContext transaction, Candidate candidate);

  /** When the policy is asked. */
  enum Stage {
    HELD,
    SIGNING
  }

  /** What it can say. */
  enum Verdict {
    ALLOW,
    /** People have to approve. */
    AWAIT,
    DENY
  }

  /**
   * The answer.
   *
   * @param version of the policy in force
   * @param tree the evaluated rules, JSON
   * @param expiresAt when an AWAIT becomes a refusal, null = never
   * @param reason for the customer when denied, else empty
   */
  record Decision(
      Verdict verdict, long version, String tree, @Nullable Instant expiresAt, String reason) {}

  /**
   * What is decided on. Amounts are ledger units.
   *
   * @param script scriptPubKey, or the 20 bytes of an account, lower-case hexadecimal
   * @param internalAccount the payee when the address is one of ours
   */
  record Candidate(
      Stage stage,
      long withdrawalId,
      long account,
      Asset asset,
      String address,
      String script,
      long amount,
      long fee,
      @Nullable Long internalAccount,
      Instant requestedAt) {}
}
