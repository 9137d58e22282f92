/** Network addresses: lists of prefixes, and which client is behind a reverse proxy. */
@NullMarked
package org.fondaco.api.address;

import org.jspecify.annotations.NullMarked;
