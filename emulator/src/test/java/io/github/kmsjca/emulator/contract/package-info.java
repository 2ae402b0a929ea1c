/** Contract tests: they call the emulator through the AWS SDK, and can also run against AWS KMS itself. */
@NullMarked
package io.github.kmsjca.emulator.contract;

import org.jspecify.annotations.NullMarked;
