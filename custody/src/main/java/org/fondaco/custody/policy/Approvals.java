package org.fondaco.custody.policy;

import static org.fondaco.db.schema.Tables.CUSTODY_APPROVALS;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.fondaco.custody.audit.AuditPort;
import org.jooq.DSLContext;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * People's words. Whether a person may approve withdrawals at all is the API's to check; whether he
 * counts is the policy's.
 */
public final class Approvals {
  private final InstantSource clock;
  private final AuditPort audit;

  public Approvals(InstantSource clock, AuditPort audit) {
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * Notes an approval or a rejection, and audits it. The same word again does nothing.
   *
   * @throws PolicyException when the person initiated it, or has said the opposite before
   */
  public void say(DSLContext t, Subject subject, Person person, boolean approves, String note) {
    PolicyException.unless(
        !(approves && subject.initiatedBy(person)), "nobody approves what he initiated himself");
    OffsetDateTime at = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    int written =
        t.insertInto(CUSTODY_APPROVALS)
            .set(CUSTODY_APPROVALS.SUBJECT_KIND, subject.kind().name())
            .set(CUSTODY_APPROVALS.SUBJECT_ID, subject.id())
            .set(CUSTODY_APPROVALS.PERSON, person.name())
            .set(CUSTODY_APPROVALS.APPROVES, approves)
            .set(CUSTODY_APPROVALS.NOTE, note)
            .set(CUSTODY_APPROVALS.AT, at)
            .onConflictDoNothing()
            .execute();
    if (written == 0) {
      boolean before =
          t.select(CUSTODY_APPROVALS.APPROVES)
              .from(CUSTODY_APPROVALS)
              .where(CUSTODY_APPROVALS.SUBJECT_KIND.eq(subject.kind().name()))
              .and(CUSTODY_APPROVALS.SUBJECT_ID.eq(subject.id()))
              .and(CUSTODY_APPROVALS.PERSON.eq(person.name()))
              .fetchSingle()
              .value1();
      PolicyException.unless(before == approves, person.name() + " has said the opposite before");
      return;
    }
    String detail =
        JsonNodeFactory.instance
            .objectNode()
            .put("subject", subject.kind().name())
            .put("id", subject.id())
            .put("note", note)
            .toString();
    audit.append(t, person.name(), approves ? "custody.approved" : "custody.rejected", detail);
  }

  /** What was said about a subject, in the order of time. */
  public static List<Word> of(DSLContext t, Subject.Kind kind, long id) {
    return t.selectFrom(CUSTODY_APPROVALS)
        .where(CUSTODY_APPROVALS.SUBJECT_KIND.eq(kind.name()))
        .and(CUSTODY_APPROVALS.SUBJECT_ID.eq(id))
        .orderBy(CUSTODY_APPROVALS.AT, CUSTODY_APPROVALS.PERSON)
        .fetch(row ->
            new Word(row.getPerson(), row.getApproves(), row.getNote(), row.getAt().toInstant()));
  }

  /** One person's word. */
  public record Word(String person, boolean approves, String note, Instant at) {}

  /** Who rejected, if somebody did. */
  static Optional<Word> rejection(List<Word> words) {
    return words.stream().filter(word -> !word.approves()).findFirst();
  }

  /** People whose approval is not older than so many hours. */
  static Set<String> fresh(List<Word> words, Instant now, int hours) {
    Set<String> people = new TreeSet<>();
    for (Word word : new ArrayList<>(words)) {
      if (word.approves() && word.at().plusSeconds(hours * 3_600L).isAfter(now)) {
        people.add(word.person());
      }
    }
    return people;
  }
}
