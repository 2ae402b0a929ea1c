package io.github.kmsjca.internal.keystore.file;

import io.github.kmsjca.testing.BouncyCastleFirst;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tests of {@link KeystoreFileParseTest}, with Bouncy Castle first in the list of providers. */
@ExtendWith(BouncyCastleFirst.class)
class KeystoreFileParseWithBouncyCastleFirstTest extends KeystoreFileParseTest {}
