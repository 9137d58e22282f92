package org.fondaco.custody.policy;

import static org.fondaco.db.schema.Tables.CUSTODY_POLICIES;
import static org.fondaco.db.schema.Tables.CUSTODY_POLICY_DRAFTS;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.fondaco.custody.audit.AuditPort;
import org.fondaco.db.schema.tables.records.CustodyPoliciesRecord;
import org.fondaco.db.schema.tables.records.CustodyPolicyDraftsRecord;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a policy comes into force: people write a draft, one publishes it, another one, who wrote
 * none of it, confirms it. Published, it binds at once together with what was in force before; 48
 * hours after it was confirmed it binds alone, unless anybody has rejected it until then. So one
 * person can only tighten.
 */
public final class PolicyEdition {
  private final InstantSource clock;
  private final AuditPort audit;

  public PolicyEdition(InstantSource clock, AuditPort audit) {
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * Writes the first version when there is none; it stands alone from the start.
   *
   * @return true when it was written
   */
  public boolean install(DSLContext t, PolicyDocument document) {
    Policy.lock(t);
    if (t.fetchExists(CUSTODY_POLICIES)) {
      return false;
    }
    insert(t, 1, JSONB.valueOf(PolicyWriter.write(document)), new String[0], "custody", now());
    log(t, "custody", "policy.installed", 1, null);
    return true;
  }

  /**
   * Begins a draft.
   *
   * @throws PolicyException when the JSON is no policy
   */
  public long draft(DSLContext t, String editor, String json) {
    String document = PolicyWriter.write(PolicyJson.read(json));
    return t.insertInto(CUSTODY_POLICY_DRAFTS)
        .set(CUSTODY_POLICY_DRAFTS.DOCUMENT, JSONB.valueOf(document))
        .set(CUSTODY_POLICY_DRAFTS.EDITORS, new String[] {editor})
        .set(CUSTODY_POLICY_DRAFTS.CHANGED_AT, now())
        .returningResult(CUSTODY_POLICY_DRAFTS.DRAFT_ID)
        .fetchSingle()
        .value1();
  }

  /** Changes a draft; whoever does is one of its editors for ever. */
  public void edit(DSLContext t, long draftId, String editor, String json) {
    CustodyPolicyDraftsRecord draft = unpublished(t, draftId);
    Set<String> editors = new TreeSet<>(Arrays.asList(draft.getEditors()));
    editors.add(editor);
    draft.setDocument(JSONB.valueOf(PolicyWriter.write(PolicyJson.read(json))));
    draft.setEditors(editors.toArray(String[]::new));
    draft.setChangedAt(now());
    draft.update();
  }

  /**
   * Publishes a draft: it tightens at once.
   *
   * @return the version
   */
  public long publish(DSLContext t, long draftId, String person) {
    Policy.lock(t);
    CustodyPolicyDraftsRecord draft = unpublished(t, draftId);
    long version = lastVersion(t) + 1;
    // The clock of another process may be behind; versions must not be published out of order.
    OffsetDateTime last =
        t.select(DSL.max(CUSTODY_POLICIES.PUBLISHED_AT))
            .from(CUSTODY_POLICIES)
            .fetchSingle()
            .value1();
    OffsetDateTime at = last != null && last.isAfter(now()) ? last : now();
    insert(t, version, draft.getDocument(), draft.getEditors(), person, at);
    draft.setVersion(version);
    draft.update();
    log(t, person, "policy.published", version, draft.getDocument().data());
    return version;
  }

  /** Writes and publishes in one step what one person alone has written. */
  public long propose(DSLContext t, String person, String json) {
    return publish(t, draft(t, person, json), person);
  }

  /**
   * A second person's yes: from 48 hours later on, earlier versions bind no more.
   *
   * @throws PolicyException when the person edited or published it or is barred by what is in
   *     force, or it is confirmed or rejected, or a later version is there
   */
  public void confirm(DSLContext t, long version, String person) {
    Policy.lock(t);
    CustodyPoliciesRecord row = published(t, version);
    PolicyException.unless(row.getConfirmedAt() == null, "it is confirmed already");
    PolicyException.unless(
        row.getRejectedAt() == null, "it was rejected by " + row.getRejectedBy());
    PolicyException.unless(
        inForce(t).stream().noneMatch(v -> v.document().barred().contains(person)),
        "the policy in force bars " + person + " from approving");
    PolicyException.unless(version == lastVersion(t), "a later version has been published");
    PolicyException.unless(
        !row.getPublishedBy().equals(person) && !Arrays.asList(row.getEditors()).contains(person),
        "somebody has to confirm it who neither wrote nor published it");
    row.setConfirmedBy(person);
    row.setConfirmedAt(now());
    row.update();
    log(t, person, "policy.confirmed", version, null);
  }

  /**
   * Somebody does not want a version. It never binds alone then; as a tightening it stays until a
   * later version binds alone, for who rejects must not loosen either.
   *
   * @throws PolicyException when it is rejected, or binds alone or bound before
   */
  public void reject(DSLContext t, long version, String person, String note) {
    Policy.lock(t);
    CustodyPoliciesRecord row = published(t, version);
    PolicyException.unless(
        row.getRejectedAt() == null, "it was rejected by " + row.getRejectedBy());
    PolicyException.unless(
        version > inForce(t).getFirst().number(),
        "it binds already; publish another version to change it");
    row.setRejectedBy(person);
    row.setRejectedAt(now());
    row.setRejection(note);
    row.update();
    log(t, person, "policy.rejected", version, null);
  }

  private static CustodyPoliciesRecord published(DSLContext t, long version) {
    return t.selectFrom(CUSTODY_POLICIES)
        .where(CUSTODY_POLICIES.VERSION.eq(version))
        .forUpdate()
        .fetchOptional()
        .orElseThrow(() -> new PolicyException("there is no version " + version));
  }

  /** What was published, newest first. */
  public static List<Published> history(DSLContext t, int limit) {
    return t.selectFrom(CUSTODY_POLICIES)
        .orderBy(CUSTODY_POLICIES.VERSION.desc())
        .limit(limit)
        .fetch(row ->
            new Published(
                row.getVersion(),
                row.getDocument().data(),
                List.of(row.getEditors()),
                row.getPublishedBy(),
                row.getPublishedAt().toInstant(),
                row.getConfirmedBy(),
                row.getConfirmedAt() == null ? null : row.getConfirmedAt().toInstant(),
                row.getRejectedBy(),
                row.getRejectedAt() == null ? null : row.getRejectedAt().toInstant(),
                row.getRejection()));
  }

  /** All versions that can matter at this instant or later, oldest first. */
  static List<Version> versions(DSLContext t, @Nullable Instant ended) {
    OffsetDateTime before = ended == null ? null : OffsetDateTime.ofInstant(ended, ZoneOffset.UTC);
    var oldest =
        DSL.select(DSL.coalesce(DSL.max(CUSTODY_POLICIES.VERSION), 0L))
            .from(CUSTODY_POLICIES)
            .where(
                before == null
                    ? DSL.falseCondition()
                    : CUSTODY_POLICIES
                        .CONFIRMED_AT
                        .le(before)
                        .and(CUSTODY_POLICIES.REJECTED_AT.isNull()));
    return t.selectFrom(CUSTODY_POLICIES)
        .where(CUSTODY_POLICIES.VERSION.ge(DSL.field(oldest)))
        .orderBy(CUSTODY_POLICIES.VERSION)
        .fetch(row -> {
          boolean counts = row.getConfirmedAt() != null && row.getRejectedAt() == null;
          return new Version(
              row.getVersion(),
              PolicyJson.read(row.getDocument().data()),
              row.getPublishedBy(),
              row.getPublishedAt().toInstant(),
              counts ? row.getConfirmedBy() : null,
              counts ? row.getConfirmedAt().toInstant() : null);
        });
  }

  /** The versions in force now, oldest first: a withdrawal needs the yes of each. */
  public List<Version> inForce(DSLContext t) {
    Instant now = clock.instant();
    return Version.inForce(versions(t, now.minus(Version.NOTICE)), now);
  }

  private static CustodyPolicyDraftsRecord unpublished(DSLContext t, long draftId) {
    return t.selectFrom(CUSTODY_POLICY_DRAFTS)
        .where(CUSTODY_POLICY_DRAFTS.DRAFT_ID.eq(draftId))
        .and(CUSTODY_POLICY_DRAFTS.VERSION.isNull())
        .forUpdate()
        .fetchOptional()
        .orElseThrow(() -> new PolicyException("there is no draft " + draftId));
  }

  private static void insert(
      DSLContext t,
      long version,
      JSONB document,
      String[] editors,
      String person,
      OffsetDateTime at) {
    t.insertInto(CUSTODY_POLICIES)
        .set(CUSTODY_POLICIES.VERSION, version)
        .set(CUSTODY_POLICIES.DOCUMENT, document)
        .set(CUSTODY_POLICIES.EDITORS, editors)
        .set(CUSTODY_POLICIES.PUBLISHED_BY, person)
        .set(CUSTODY_POLICIES.PUBLISHED_AT, at)
        .execute();
  }

  private static long lastVersion(DSLContext t) {
    return t.select(DSL.coalesce(DSL.max(CUSTODY_POLICIES.VERSION), 0L))
        .from(CUSTODY_POLICIES)
        .fetchSingle()
        .value1();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private void log(
      DSLContext t, String who, String action, long version, @Nullable String document) {
    ObjectNode detail = JsonNodeFactory.instance.objectNode().put("version", version);
    if (document != null) {
      detail.put("document", document);
    }
    audit.append(t, who, action, detail.toString());
  }
}
