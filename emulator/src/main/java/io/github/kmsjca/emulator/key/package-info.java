/** Keys, aliases and tags of one account in its Regions, and the tables of key specs and algorithms. */
@NullMarked
package io.github.kmsjca.emulator.key;

import org.jspecify.annotations.NullMarked;
