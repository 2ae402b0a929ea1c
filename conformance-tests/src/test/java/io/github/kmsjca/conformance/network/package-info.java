/** Behavior on bad networks: calls that get stuck, proxies, and what is left after closing. */
@NullMarked
package io.github.kmsjca.conformance.network;

import org.jspecify.annotations.NullMarked;
