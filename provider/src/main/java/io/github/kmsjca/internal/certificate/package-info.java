/** Certificates and chains: where they come from, and how they are read and ordered. */
@NullMarked
package io.github.kmsjca.internal.certificate;

import org.jspecify.annotations.NullMarked;
