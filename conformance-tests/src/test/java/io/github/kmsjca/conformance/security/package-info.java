/** Tests attacks with files, tags, certificates and answers. docs/security.md lists the tests of each attacker. */
@NullMarked
package io.github.kmsjca.conformance.security;

import org.jspecify.annotations.NullMarked;
