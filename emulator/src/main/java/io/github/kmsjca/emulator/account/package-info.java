/** The account in its Regions: keys, aliases, descriptions, tags and import tokens, and how changes are saved. */
@NullMarked
package io.github.kmsjca.emulator.account;

import org.jspecify.annotations.NullMarked;
