/** The optional Redis that several processes share: its connection and its health. */
@NullMarked
package org.fondaco.api.redis;

import org.jspecify.annotations.NullMarked;
