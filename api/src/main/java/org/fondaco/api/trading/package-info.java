/** Orders and order lists: placed, amended, cancelled, asked for. */
@NullMarked
package org.fondaco.api.trading;

import org.jspecify.annotations.NullMarked;
