/** The rules of every fork in one table: gas, limits and switches, each with its EIP. */
@NullMarked
package org.fondaco.chain.fork;

import org.jspecify.annotations.NullMarked;
