/** What the venue owes and what it has, for everybody; to each customer the proof of his part. */
@NullMarked
package org.fondaco.api.liability;

import org.jspecify.annotations.NullMarked;
