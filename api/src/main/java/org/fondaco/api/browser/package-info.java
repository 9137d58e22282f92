/**
 * The door for people: Spring Security's filters, the session cookie, and a servlet to the
 * endpoints.
 */
@NullMarked
package org.fondaco.api.browser;

import org.jspecify.annotations.NullMarked;
