/** HTTP clients, proxies, and the end of requests that take too long or whose thread is interrupted. */
@NullMarked
package io.github.kmsjca.internal.client.http;

import org.jspecify.annotations.NullMarked;
