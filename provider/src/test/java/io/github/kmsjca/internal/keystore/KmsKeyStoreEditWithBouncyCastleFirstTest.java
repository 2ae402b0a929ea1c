package io.github.kmsjca.internal.keystore;

import io.github.kmsjca.testing.BouncyCastleFirst;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tests of {@link KmsKeyStoreEditTest}, with Bouncy Castle first in the list of providers. */
@ExtendWith(BouncyCastleFirst.class)
class KmsKeyStoreEditWithBouncyCastleFirstTest extends KmsKeyStoreEditTest {}
