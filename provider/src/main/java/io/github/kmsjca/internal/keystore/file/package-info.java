/** The keystore file: its grammar, edits that keep every other byte, and saving in one step. */
@NullMarked
package io.github.kmsjca.internal.keystore.file;

import org.jspecify.annotations.NullMarked;
