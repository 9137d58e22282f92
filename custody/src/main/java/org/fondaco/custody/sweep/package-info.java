/** Brings what customers have deposited to the hot wallets. */
@NullMarked
package org.fondaco.custody.sweep;

import org.jspecify.annotations.NullMarked;
