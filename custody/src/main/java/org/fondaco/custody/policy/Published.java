package org.fondaco.custody.policy;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version as it is told to people.
 *
 * @param document JSON
 * @param editors everybody who wrote on it
 * @param confirmedBy a second person, null = nobody yet
 * @param rejectedBy who did not want it, null = nobody
 * @param rejection why
 */
public record Published(
    long version,
    String document,
    List<String> editors,
    String publishedBy,
    Instant publishedAt,
    @Nullable String confirmedBy,
    @Nullable Instant confirmedAt,
    @Nullable String rejectedBy,
    @Nullable Instant rejectedAt,
    @Nullable String rejection) {}
