/** The commands of the one-file jar, for what keytool and jarsigner cannot do. */
@NullMarked
package io.github.kmsjca.cli;

import org.jspecify.annotations.NullMarked;
