/** Certificates and chains, and where they come from. */
@NullMarked
package io.github.kmsjca.internal.certificate;

import org.jspecify.annotations.NullMarked;
