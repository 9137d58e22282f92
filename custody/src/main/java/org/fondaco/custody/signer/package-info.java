/** The one place where private keys are used, and only for what the guard file has recorded. */
@NullMarked
package org.fondaco.custody.signer;

import org.jspecify.annotations.NullMarked;
