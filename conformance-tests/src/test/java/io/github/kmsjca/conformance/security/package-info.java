/** What other people can do who write files, tags, certificates or answers: nothing beyond docs/security.md. */
@NullMarked
package io.github.kmsjca.conformance.security;

import org.jspecify.annotations.NullMarked;
