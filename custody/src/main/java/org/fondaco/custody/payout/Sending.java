package org.fondaco.custody.payout;

import static org.fondaco.db.schema.Tables.CUSTODY_ATTEMPTS;
import static org.fondaco.db.schema.Tables.CUSTODY_GROUPS;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.fondaco.custody.breaks.Halts;
import org.fondaco.custody.breaks.RestoreLock;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.chain.NodeUnavailable;
import org.fondaco.custody.leader.Transactions;
import org.fondaco.db.schema.tables.records.CustodyAttemptsRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * G4: out it goes, and again after a crash, after a reorganisation, and when the node has lost it.
 * What the node says is kept for people and decides nothing.
 */
final class Sending {
  /** Answers that do not need a person: it is there, it was there, or another attempt is. */
  private static final List<String> EXPECTED =
      List.of(
          "already",
          "nonce too low",
          "mempool-conflict",
          "missing inputs",
          "missingorspent",
          "missing-inputs",
          "bad-txns-inputs-spent",
          "known transaction");

  private static final int AT_ONCE = 32;

  private final ChainName chain;
  private final Transactions transactions;
  private final Desk desk;
  private final GroupVoices voices;
  private final PayoutRules rules;
  private final InstantSource clock;

  /**
   * Attempts that this process has handed over, so that after a crash all are handed over again.
   */
  private final Set<Long> handedOver = new HashSet<>();

  Sending(
      ChainName chain,
      Transactions transactions,
      Desk desk,
      GroupVoices voices,
      PayoutRules rules,
      InstantSource clock) {
    this.chain = chain;
    this.transactions = transactions;
    this.desk = desk;
    this.voices = voices;
    this.rules = rules;
    this.clock = clock;
  }

  /** Sends signed attempts, or one again; true = did something. */
  boolean step() {
    List<CustodyAttemptsRecord> fresh = transactions.result(this::sending);
    if (!fresh.isEmpty()) {
      handOver(fresh);
      return true;
    }
    CustodyAttemptsRecord again = transactions.result(this::due);
    if (again == null) {
      return false;
    }
    if (isThere(again)) {
      transactions.run(t -> answered(t, again, new CoreNode.Sent(true, 0, "")));
      handedOver.add(again.getAttemptId());
    } else {
      handOver(List.of(again));
    }
    return true;
  }

  /** True when the node has it, or an attempt that took its place. */
  private boolean isThere(CustodyAttemptsRecord attempt) {
    List<CustodyAttemptsRecord> all =
        transactions.result(t -> GroupRows.attempts(t, attempt.getGroupId()));
    for (CustodyAttemptsRecord other : all) {
      byte[] txid = other.getTxid();
      if (other.getNumber() >= attempt.getNumber()
          && txid != null
          && desk.knows(HexFormat.of().formatHex(txid))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The oldest signed attempts become SENDING, before a byte of them leaves; of what is halted only
   * a cancel leaves.
   */
  private List<CustodyAttemptsRecord> sending(DSLContext t) {
    List<CustodyAttemptsRecord> attempts =
        t.select(CUSTODY_ATTEMPTS.fields())
            .from(CUSTODY_ATTEMPTS)
            .join(CUSTODY_GROUPS)
            .on(CUSTODY_GROUPS.GROUP_ID.eq(CUSTODY_ATTEMPTS.GROUP_ID))
            .where(CUSTODY_GROUPS.CHAIN.eq(chain.name()))
            .and(CUSTODY_GROUPS.STATE.in("INTENT", "SENDING"))
            .and(CUSTODY_ATTEMPTS.STATE.eq("SIGNED"))
            .and(RestoreLock.free(chain))
            .and(CUSTODY_ATTEMPTS.KIND.eq("CANCEL").or(Halts.runs(CUSTODY_GROUPS.ASSET)))
            .and(CUSTODY_GROUPS.CANCEL_WANTED.isFalse().or(CUSTODY_ATTEMPTS.KIND.eq("CANCEL")))
            .orderBy(CUSTODY_ATTEMPTS.ATTEMPT_ID)
            .limit(AT_ONCE)
            .fetchInto(CUSTODY_ATTEMPTS);
    return attempts.stream().filter(attempt -> sends(t, attempt)).toList();
  }

  private boolean sends(DSLContext t, CustodyAttemptsRecord attempt) {
    var group = GroupRows.locked(t, attempt.getGroupId());
    boolean unsent = attempt.getKind().equals("PAY") && group.getCancelWanted();
    if (unsent || !Set.of("INTENT", "SENDING").contains(group.getState())) {
      return false;
    }
    Instant now = clock.instant();
    attempt.attach(t.configuration());
    attempt.setState("SENDING");
    attempt.setSentAt(GroupRows.time(now));
    attempt.update();
    group.setState("SENDING");
    group.setChangedAt(GroupRows.time(now));
    group.update();
    voices.sent(t, group, HexFormat.of().formatHex(attempt.getTxid()));
    return true;
  }

  private record Handed(CustodyAttemptsRecord attempt, CoreNode.Sent sent) {}

  private void handOver(List<CustodyAttemptsRecord> attempts) {
    List<Handed> handed = new ArrayList<>();
    try {
      for (CustodyAttemptsRecord attempt : attempts) {
        handed.add(new Handed(attempt, desk.send(HexFormat.of().formatHex(attempt.getRaw()))));
        handedOver.add(attempt.getAttemptId());
      }
    } catch (NodeUnavailable e) {
      // The others go out when it answers: nobody has handed them over.
      answered(handed);
      throw e;
    }
    answered(handed);
  }

  private void answered(List<Handed> handed) {
    if (!handed.isEmpty()) {
      transactions.run(t -> handed.forEach(one -> answered(t, one.attempt(), one.sent())));
    }
  }

  private void answered(DSLContext t, CustodyAttemptsRecord attempt, CoreNode.Sent sent) {
    t.update(CUSTODY_ATTEMPTS)
        .set(CUSTODY_ATTEMPTS.SENT_AT, GroupRows.time(clock.instant()))
        .set(CUSTODY_ATTEMPTS.REFUSAL, sent.accepted() ? null : sent.message())
        .where(CUSTODY_ATTEMPTS.ATTEMPT_ID.eq(attempt.getAttemptId()))
        .execute();
    String words = sent.message().toLowerCase(Locale.ROOT);
    if (sent.accepted()) {
      GroupRows.attention(t, attempt.getGroupId(), null, clock.instant());
    } else if (EXPECTED.stream().noneMatch(words::contains)) {
      GroupRows.attention(
          t, attempt.getGroupId(), "the node refuses it: " + sent.message(), clock.instant());
    }
  }

  /** An attempt whose turn it is to be handed over again. */
  private @Nullable CustodyAttemptsRecord due(DSLContext t) {
    OffsetDateTime before = GroupRows.time(clock.instant().minus(rules.resendAfter()));
    return t
        .select(CUSTODY_ATTEMPTS.fields())
        .from(CUSTODY_ATTEMPTS)
        .join(CUSTODY_GROUPS)
        .on(CUSTODY_GROUPS.GROUP_ID.eq(CUSTODY_ATTEMPTS.GROUP_ID))
        .where(CUSTODY_GROUPS.CHAIN.eq(chain.name()))
        .and(CUSTODY_GROUPS.STATE.eq("SENDING"))
        .and(CUSTODY_ATTEMPTS.STATE.eq("SENDING"))
        .and(RestoreLock.free(chain))
        .and(
            CUSTODY_GROUPS
                .SETTLED
                .isNull()
                .or(CUSTODY_GROUPS.SETTLED.eq("PAID").and(CUSTODY_ATTEMPTS.KIND.eq("PAY")))
                .or(CUSTODY_GROUPS.SETTLED.ne("PAID").and(CUSTODY_ATTEMPTS.KIND.eq("CANCEL"))))
        .and(CUSTODY_GROUPS.CANCEL_WANTED.isFalse().or(CUSTODY_ATTEMPTS.KIND.eq("CANCEL")))
        .orderBy(CUSTODY_ATTEMPTS.ATTEMPT_ID)
        .fetchInto(CUSTODY_ATTEMPTS)
        .stream()
        .filter(attempt ->
            attempt.getSentAt() == null
                || !attempt.getSentAt().isAfter(before)
                || !handedOver.contains(attempt.getAttemptId()))
        .findFirst()
        .orElse(null);
  }
}
