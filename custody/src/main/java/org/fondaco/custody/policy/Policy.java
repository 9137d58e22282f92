package org.fondaco.custody.policy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.fondaco.custody.audit.AuditPort;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.withdrawal.WithdrawalPolicy;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides on withdrawals by every version in force, the address book and the halt switch. Denies
 * what it does not know. Who asks writes the decision's tree into the withdrawal and the audit log
 * in the same transaction.
 *
 * <p>A halt lets a withdrawal wait; it does not refuse it.
 */
public final class Policy implements WithdrawalPolicy {
  /** Serialises decisions and editions of all processes; nobody else locks it. */
  private static final long LOCK = 0x706f_6c69_6379L;

  private static final int REFERENCE_DECIMALS = 2;

  private final InstantSource clock;
  private final Prices prices;
  private final PolicyEdition edition;
  private final AddressBook book;

  public Policy(InstantSource clock, AuditPort audit, Prices prices) {
    this.clock = clock;
    this.prices = prices;
    this.edition = new PolicyEdition(clock, audit);
    this.book = new AddressBook(clock, audit);
  }

  @Override
  public Decision evaluate(DSLContext t, Candidate candidate) {
    lock(t);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Optional<Velocity.Consumed> consumed = Velocity.of(t, candidate.withdrawalId());
    Instant at = consumed.map(Velocity.Consumed::at).orElse(now);
    BigDecimal reference = consumed.isPresent() ? consumed.get().reference() : reference(candidate);
    List<Version> versions = edition.inForce(t);
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("stage", candidate.stage().name());
    tree.put("withdrawal", candidate.withdrawalId());
    Findings findings = findings(t, candidate, versions, reference, at, now, tree);
    Decision decision = decision(findings, versions, now, tree);
    if (candidate.stage() == Stage.HELD
        && decision.verdict() != Verdict.DENY
        && reference != null) {
      Velocity.consume(t, candidate, reference, at);
    }
    return decision;
  }

  /**
   * A withdrawal that nobody has asked for.
   *
   * @param script scriptPubKey, or the 20 bytes of an account, lower-case hexadecimal
   * @param amount units
   */
  public record Imagined(long account, Asset asset, String address, String script, long amount) {}

  /**
   * What would be said now if it were asked for; nothing is written or counted.
   *
   * @param proposed a document to ask instead of those that are in force
   */
  public Decision rehearse(DSLContext t, Imagined asked, Optional<PolicyDocument> proposed) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Candidate candidate =
        new Candidate(
            Stage.SIGNING,
            Long.MAX_VALUE,
            asked.account(),
            asked.asset(),
            asked.address(),
            asked.script(),
            asked.amount(),
            0,
            null,
            now);
    List<Version> versions =
        proposed
            .map(document -> List.of(new Version(0, document, "", now, null, null)))
            .orElseGet(() -> edition.inForce(t));
    ObjectNode tree = JsonNodeFactory.instance.objectNode().put("stage", "REHEARSAL");
    BigDecimal reference = reference(candidate);
    return decision(
        findings(t, candidate, versions, reference, now, now, tree), versions, now, tree);
  }

  /**
   * One decision or edition at a time. Rows of withdrawals are locked before, the audit log after:
   * the other way round two transactions could wait for each other.
   */
  static void lock(DSLContext t) {
    t.execute("select pg_advisory_xact_lock(?)", LOCK);
  }

  /**
   * What was found.
   *
   * @param denied why, null when it is not
   * @param halted why everything waits, null when it does not
   * @param hours of the first approval that would expire, null when all are there
   */
  private record Findings(
      @Nullable String denied, @Nullable String halted, @Nullable Integer hours) {}

  private Findings findings(
      DSLContext t,
      Candidate candidate,
      List<Version> versions,
      @Nullable BigDecimal reference,
      Instant at,
      Instant now,
      ObjectNode tree) {
    byte[] script = HexFormat.of().parseHex(candidate.script());
    String chain = candidate.asset().chain().name();
    boolean listed = book.isUsable(t, candidate.account(), chain, script);
    boolean only = book.isOnly(t, candidate.account());
    tree.putObject("addressBook").put("only", only).put("listed", listed);
    String halted = Halts.reason(t, candidate.asset().id()).orElse(null);
    tree.put("halt", halted);
    List<Approvals.Word> words = Approvals.of(t, Subject.Kind.WITHDRAWAL, candidate.withdrawalId());
    ArrayNode said = tree.putArray("approvals");
    words.forEach(
        word -> said.addObject().put("person", word.person()).put("yes", word.approves()));
    String denied = versions.isEmpty() ? "no policy is in force" : null;
    if (reference == null) {
      return new Findings(
          "the price of " + candidate.asset().code() + " is not known", halted, null);
    }
    tree.put("reference", reference.toPlainString());
    Facts facts =
        new Facts(
            candidate.asset().code(),
            candidate.account(),
            listed,
            Velocity.coins(candidate.asset(), candidate.amount()),
            reference,
            Velocity.before(t, candidate, at));
    Integer hours = null;
    ArrayNode documents = tree.putArray("documents");
    for (Version version : versions) {
      Evaluation evaluation = Evaluation.of(version.document(), facts);
      documents.add(evaluation.tree().put("version", version.number()));
      if (evaluation.blocked() != null && denied == null) {
        denied = evaluation.blocked();
      }
      Rule.Verdict.Approvals approvals = evaluation.approvals();
      if (approvals != null
          && !evaluation.permits(Approvals.fresh(words, now, approvals.hours()))) {
        hours = hours == null ? approvals.hours() : Math.min(hours, approvals.hours());
      }
    }
    if (only && !listed && denied == null) {
      denied = "the address is not in the address book, or not for 24 hours yet";
    }
    if (denied == null) {
      denied = Approvals.rejection(words).map(word -> "rejected by " + word.person()).orElse(null);
    }
    return new Findings(denied, halted, hours);
  }

  private static Decision decision(
      Findings findings, List<Version> versions, Instant now, ObjectNode tree) {
    long version = versions.isEmpty() ? 0 : versions.getLast().number();
    Verdict verdict = Verdict.ALLOW;
    String reason = "";
    Instant expires = null;
    if (findings.denied() != null) {
      verdict = Verdict.DENY;
      reason = findings.denied();
    } else if (findings.hours() != null) {
      verdict = Verdict.AWAIT;
      expires = now.plus(Duration.ofHours(findings.hours()));
    } else if (findings.halted() != null) {
      verdict = Verdict.AWAIT;
    }
    tree.put("verdict", verdict.name());
    if (!reason.isEmpty()) {
      tree.put("reason", reason);
    }
    return new Decision(verdict, version, tree.toString(), expires, reason);
  }

  /** Worth of a withdrawal, rounded up; null when the price is not known. */
  private @Nullable BigDecimal reference(Candidate candidate) {
    BigDecimal price = prices.price(candidate.asset()).orElse(null);
    return price == null
        ? null
        : Velocity.coins(candidate.asset(), candidate.amount())
            .multiply(price)
            .setScale(REFERENCE_DECIMALS, RoundingMode.UP);
  }
}
