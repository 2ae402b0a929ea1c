/** Programs that sign and check the files of a release. */
@NullMarked
package io.github.kmsjca.release;

import org.jspecify.annotations.NullMarked;
