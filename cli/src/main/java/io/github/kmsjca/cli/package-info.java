/** The commands of the one-file jar, which do what keytool and jarsigner cannot do. */
@NullMarked
package io.github.kmsjca.cli;

import org.jspecify.annotations.NullMarked;
