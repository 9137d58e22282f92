/**
 * Custody as a venue wires it, with nodes and a ledger in memory, so that only custody is measured.
 */
@NullMarked
package org.fondaco.bench.custody;

import org.jspecify.annotations.NullMarked;
