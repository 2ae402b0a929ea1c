/** The Maven plugin that writes licenses, notices and the list of components (SBOM) into the jars of this build. */
@NullMarked
package io.github.kmsjca.notices;

import org.jspecify.annotations.NullMarked;
