/**
 * Whether what we hold is what we owe: one cut through ledger, database and chains, to the atom.
 */
@NullMarked
package org.fondaco.custody.reconciliation;

import org.jspecify.annotations.NullMarked;
