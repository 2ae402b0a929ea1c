/** What the keys of one configuration share: caches, and the creation of keys. A handle does not know it. */
@NullMarked
package io.github.kmsjca.internal.session;

import org.jspecify.annotations.NullMarked;
