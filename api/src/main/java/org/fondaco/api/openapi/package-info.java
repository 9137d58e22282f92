/** The OpenAPI document, made from the endpoints that serve. */
@NullMarked
package org.fondaco.api.openapi;

import org.jspecify.annotations.NullMarked;
