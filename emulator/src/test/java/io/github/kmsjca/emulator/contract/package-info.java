/** Contract tests: they call KMS through the SDK, and can also run against the real service. */
@NullMarked
package io.github.kmsjca.emulator.contract;

import org.jspecify.annotations.NullMarked;
