/** Sessions of people who have signed in: kept, listed, ended. */
@NullMarked
package org.fondaco.api.session;

import org.jspecify.annotations.NullMarked;
