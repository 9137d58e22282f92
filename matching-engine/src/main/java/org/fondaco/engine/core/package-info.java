/** The deterministic engine: risk, books, ledger. Reads no clock, no random source, no I/O. */
@NullMarked
package org.fondaco.engine.core;

import org.jspecify.annotations.NullMarked;
