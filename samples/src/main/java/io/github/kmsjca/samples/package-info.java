/** A program that signs files with a key in KMS: how the provider is used from Java. */
@NullMarked
package io.github.kmsjca.samples;

import org.jspecify.annotations.NullMarked;
