/** The JavaScript console: {@code fondaco node attach}, with geth's objects in our own words. */
@NullMarked
package org.fondaco.chain.console;

import org.jspecify.annotations.NullMarked;
