/** The venue's audit log: who did what, in a chain of hashes. */
@NullMarked
package org.fondaco.api.audit;

import org.jspecify.annotations.NullMarked;
