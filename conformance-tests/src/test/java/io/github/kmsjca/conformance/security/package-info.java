/**
 * Tests attacks, for example with files, tags, certificates or answers. docs/security.md lists the tests of each
 * attacker.
 */
@NullMarked
package io.github.kmsjca.conformance.security;

import org.jspecify.annotations.NullMarked;
