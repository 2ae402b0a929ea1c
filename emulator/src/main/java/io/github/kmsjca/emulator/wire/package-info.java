/** The KMS protocol: the shapes of requests, their constraints, answers and errors. */
@NullMarked
package io.github.kmsjca.emulator.wire;

import org.jspecify.annotations.NullMarked;
