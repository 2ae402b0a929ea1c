/** The keystore file: parsing, edits that keep all other bytes, and atomic saving. */
@NullMarked
package io.github.kmsjca.internal.keystore.file;

import org.jspecify.annotations.NullMarked;
