/**
 * What happens to an account, told to its owner as it happens: user data streams and listen keys.
 */
@NullMarked
package org.fondaco.api.userdata;

import org.jspecify.annotations.NullMarked;
