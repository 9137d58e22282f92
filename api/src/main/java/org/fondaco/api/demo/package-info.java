/**
 * The demo venue: its users, funds and symbols, and the market makers that keep its books moving.
 */
@NullMarked
package org.fondaco.api.demo;

import org.jspecify.annotations.NullMarked;
