/** The command line {@code fondaco node …}, with geth's commands and flags. */
@NullMarked
package org.fondaco.chain.command;

import org.jspecify.annotations.NullMarked;
