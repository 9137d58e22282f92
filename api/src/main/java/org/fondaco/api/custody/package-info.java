/** Custody's way to the rest of the venue: its ledger is the engine, its audit log is ours. */
@NullMarked
package org.fondaco.api.custody;

import org.jspecify.annotations.NullMarked;
