/**
 * The tables: what KMS can do with which key, and the JCA names for it. No I/O, and no dependency on other packages.
 */
@NullMarked
package io.github.kmsjca.internal.algorithm;

import org.jspecify.annotations.NullMarked;
