/** The account in its Regions: keys, aliases, labels and import tokens, and what is saved of them. */
@NullMarked
package io.github.kmsjca.emulator.account;

import org.jspecify.annotations.NullMarked;
