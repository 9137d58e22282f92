/** The command line {@code fondaco custody}. */
@NullMarked
package org.fondaco.custody.command;

import org.jspecify.annotations.NullMarked;
