/** What may leave: versioned rules, limits, approvals, the address book and the halt switch. */
@NullMarked
package org.fondaco.custody.policy;

import org.jspecify.annotations.NullMarked;
