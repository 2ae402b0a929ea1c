@NullMarked
package io.github.kmsjca.conformance.tool;

import org.jspecify.annotations.NullMarked;
