/** What operators ask of a running venue: health, metrics, names of requests, access log. */
@NullMarked
package org.fondaco.api.operations;

import org.jspecify.annotations.NullMarked;
