/** The account in its Regions: keys, aliases, labels and import tokens, and how changes are saved. */
@NullMarked
package io.github.kmsjca.emulator.account;

import org.jspecify.annotations.NullMarked;
