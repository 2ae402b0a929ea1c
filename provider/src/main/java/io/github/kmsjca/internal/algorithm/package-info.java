/** What KMS can do with which key, and what Java calls it: the one table. No I/O; knows no other package. */
@NullMarked
package io.github.kmsjca.internal.algorithm;

import org.jspecify.annotations.NullMarked;
