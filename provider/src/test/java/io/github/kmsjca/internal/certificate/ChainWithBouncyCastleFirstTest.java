package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.testing.BouncyCastleFirst;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tests of {@link ChainTest}, with Bouncy Castle first in the list of providers. */
@ExtendWith(BouncyCastleFirst.class)
class ChainWithBouncyCastleFirstTest extends ChainTest {}
