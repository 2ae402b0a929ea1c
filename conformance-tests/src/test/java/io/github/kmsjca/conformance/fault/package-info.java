/** Checks that no fault of KMS or the network makes the provider return a wrong result that it can detect. */
@NullMarked
package io.github.kmsjca.conformance.fault;

import org.jspecify.annotations.NullMarked;
