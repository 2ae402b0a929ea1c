/** Runs the tools of the JDK and of the distribution for tests, and makes the jars and certificates that they need. */
@NullMarked
package io.github.kmsjca.conformance.tool;

import org.jspecify.annotations.NullMarked;
