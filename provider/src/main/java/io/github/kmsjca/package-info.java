/** The JCA provider for AWS KMS. */
@NullMarked
package io.github.kmsjca;

import org.jspecify.annotations.NullMarked;
