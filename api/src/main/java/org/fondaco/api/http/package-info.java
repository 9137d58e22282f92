/** The door: routes a request, weighs it, checks who sends it, calls its endpoint, answers. */
@NullMarked
package org.fondaco.api.http;

import org.jspecify.annotations.NullMarked;
