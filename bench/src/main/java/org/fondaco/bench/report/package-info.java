/** Results as JSON, and the table made from them. */
@NullMarked
package org.fondaco.bench.report;

import org.jspecify.annotations.NullMarked;
