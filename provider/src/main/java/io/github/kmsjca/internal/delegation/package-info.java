/** Finds services of other providers, above all engines for keys that are not KMS keys. */
@NullMarked
package io.github.kmsjca.internal.delegation;

import org.jspecify.annotations.NullMarked;
