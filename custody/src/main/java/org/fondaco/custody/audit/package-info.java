/** Where custody's decisions are recorded. */
@NullMarked
package org.fondaco.custody.audit;

import org.jspecify.annotations.NullMarked;
