/** What tests of the JDK's own programs are made of: the programs, a folder to run them in, jars and a CA. */
@NullMarked
package io.github.kmsjca.conformance.tool;

import org.jspecify.annotations.NullMarked;
