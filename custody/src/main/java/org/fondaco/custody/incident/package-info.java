/** Open questions and stops: what must not be forgotten when something does not add up. */
@NullMarked
package org.fondaco.custody.incident;

import org.jspecify.annotations.NullMarked;
