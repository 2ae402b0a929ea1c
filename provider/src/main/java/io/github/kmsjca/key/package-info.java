/** Keys in AWS KMS, parameters and exceptions. */
@NullMarked
package io.github.kmsjca.key;

import org.jspecify.annotations.NullMarked;
