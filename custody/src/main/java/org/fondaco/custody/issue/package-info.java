/** Hands out addresses: the same request gives the same address, and none has two owners. */
@NullMarked
package org.fondaco.custody.issue;

import org.jspecify.annotations.NullMarked;
