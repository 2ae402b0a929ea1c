package io.github.kmsjca.emulator.wire;

/**
 * A named member of a structure. Each member is a constant, and two members with the same name are not equal.
 *
 * @param <T> the Java type of the member's values
 */
public final class Member<T> {
    private final String name;
    private final String pathName;
    private final Type<T> type;

    /** Creates a member with its name in JSON. */
    public Member(String name, Type<T> type) {
        this.name = name;
        this.pathName = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        this.type = type;
    }

    /** Returns the name in JSON. */
    public String name() {
        return name;
    }

    /** Returns the name in KMS error messages, which begins in lower case. */
    public String pathName() {
        return pathName;
    }

    Type<T> type() {
        return type;
    }

    @Override
    public String toString() {
        return name;
    }
}
