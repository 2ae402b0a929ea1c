/** What AWS KMS does, told through the SDK: these tests also run against the real service. */
@NullMarked
package io.github.kmsjca.emulator.contract;

import org.jspecify.annotations.NullMarked;
