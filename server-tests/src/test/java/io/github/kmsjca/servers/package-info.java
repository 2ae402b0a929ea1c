/** Starts servers with the files of the pages, and connects to them with curl and OpenSSL. */
@NullMarked
package io.github.kmsjca.servers;

import org.jspecify.annotations.NullMarked;
