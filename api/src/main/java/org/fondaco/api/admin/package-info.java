/** Venue control over HTTP: what administrators may do and auditors may see, below /admin/v1. */
@NullMarked
package org.fondaco.api.admin;

import org.jspecify.annotations.NullMarked;
