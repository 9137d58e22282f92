/** The venue's settings: their names, defaults and meaning, in one place. */
@NullMarked
package org.fondaco.api.config;

import org.jspecify.annotations.NullMarked;
