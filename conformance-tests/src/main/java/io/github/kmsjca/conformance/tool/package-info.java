/** The parts of tests that run the JDK's tools: the tools, a folder to run them in, jars and a CA. */
@NullMarked
package io.github.kmsjca.conformance.tool;

import org.jspecify.annotations.NullMarked;
