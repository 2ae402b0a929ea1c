/** A program that signs files with a KMS key. It shows how to use the provider from Java. */
@NullMarked
package io.github.kmsjca.samples;

import org.jspecify.annotations.NullMarked;
