/** Attacks by authors of files, tags, certificates and answers, one class for each attack in docs/security.md. */
@NullMarked
package io.github.kmsjca.conformance.security;

import org.jspecify.annotations.NullMarked;
