/** The Signature engine: hashing, signing in KMS, checking KMS signatures, and delegation to other providers. */
@NullMarked
package io.github.kmsjca.internal.signature;

import org.jspecify.annotations.NullMarked;
