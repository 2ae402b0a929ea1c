package io.github.kmsjca.internal.keystore;

import org.jspecify.annotations.Nullable;

/**
 * The entries of a store and the file that they come from. The store replaces both at once, so a thread never reads a
 * file again for the entries of another file. Immutable.
 *
 * @param file the file; null if its path is not known, or the entries were last saved elsewhere
 */
record Loaded(Entries entries, @Nullable StoreFile file) {

    /** Returns other entries with the same file. */
    Loaded with(Entries others) {
        return new Loaded(others, file);
    }

    /** Returns the entries of the file if it has changed, see {@link StoreFile#renewed}. Otherwise returns this. */
    @SuppressWarnings("ReferenceEquality") // each edit and each read creates another object
    Loaded renewed() {
        Entries current = file == null ? entries : file.renewed(entries);
        return current == entries ? this : with(current);
    }
}
