/**
 * What the keys of one configuration share: caches, and the creation of keys. Handles do not depend on this package.
 */
@NullMarked
package io.github.kmsjca.internal.session;

import org.jspecify.annotations.NullMarked;
