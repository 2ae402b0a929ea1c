/** Signs jars: many of them, at the same time, with one KMS call for each jar. */
@NullMarked
package io.github.kmsjca.cli.sign;

import org.jspecify.annotations.NullMarked;
