/** What custody asks of the engine's ledger, one numbered command at a time. */
@NullMarked
package org.fondaco.custody.ledger;

import org.jspecify.annotations.NullMarked;
