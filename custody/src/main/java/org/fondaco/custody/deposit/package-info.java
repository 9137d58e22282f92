/** Deposits from the first block that has them to the credit that nothing takes back. */
@NullMarked
package org.fondaco.custody.deposit;

import org.jspecify.annotations.NullMarked;
