/** The Signature engine: what it hashes, how KMS's answers are checked, and what it leaves to other providers. */
@NullMarked
package io.github.kmsjca.internal.signature;

import org.jspecify.annotations.NullMarked;
