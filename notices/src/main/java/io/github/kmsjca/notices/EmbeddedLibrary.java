package io.github.kmsjca.notices;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Third-party software that libraries contain as a copy, so Maven does not list it as a dependency. */
enum EmbeddedLibrary {
    /** Each Jackson release has a package whose name contains the version. */
    JACKSON_CORE(
            "com.fasterxml.jackson.core:jackson-core",
            "Apache-2.0",
            "^software/amazon/awssdk/thirdparty/jackson/core/.*?(?:/fdp/v(?<version>\\d+_\\d+_\\d+)/.*)?",
            "LICENSE|NOTICE"),
    FAST_DOUBLE_PARSER(
            "ch.randelshofer:fastdoubleparser", "MIT", ".*/core/internal/shaded/fdp/.*", "FastDoubleParser.*"),
    SCHUBFACH("com.github.c4f7fcce9cb06515:schubfach", "MIT", ".*/core/io/schubfach/.*", "Schubfach.*"),
    PUBLIC_SUFFIX_LIST("org.publicsuffix:list", "MPL-2.0", "org/publicsuffix/list/.*", "");

    private final String key;
    private final String license;
    private final Pattern entries;

    /** The names of its license texts in the library around the copy; empty if that library has none. */
    private final Pattern texts;

    EmbeddedLibrary(String key, String license, String entries, String texts) {
        this.key = key;
        this.license = license;
        this.entries = Pattern.compile(entries);
        this.texts = Pattern.compile(texts);
    }

    String key() {
        return key;
    }

    String group() {
        return key.substring(0, key.indexOf(':'));
    }

    /** Returns the SPDX id of its license. */
    String license() {
        return license;
    }

    /** Returns true if an entry of a jar, with its original name, belongs to this software. */
    boolean contains(String entry) {
        return entries.matcher(entry).matches();
    }

    /** Returns the version if the name of an entry contains it. */
    Optional<String> version(String entry) {
        Matcher matcher = entries.matcher(entry);
        if (!entries.pattern().contains("<version>") || !matcher.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(matcher.group("version")).map(version -> version.replace('_', '.'));
    }

    /** Returns true if the file with this name in the library around the copy is a license text of the copy. */
    boolean hasText(String fileName) {
        return texts.matcher(fileName).matches();
    }
}
