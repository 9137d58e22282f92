/** The whole process, started as its launcher starts it, and treated badly. */
@NullMarked
package org.fondaco.api.torture;

import org.jspecify.annotations.NullMarked;
