/** The contracts that a development chain starts with, ready to deploy and to call. */
@NullMarked
package org.fondaco.chain.contract;

import org.jspecify.annotations.NullMarked;
