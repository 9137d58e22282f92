/** What difficulty a block of proof of work must have. */
@NullMarked
package org.fondaco.chain.difficulty;

import org.jspecify.annotations.NullMarked;
