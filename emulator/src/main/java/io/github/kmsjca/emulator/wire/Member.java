package io.github.kmsjca.emulator.wire;

/**
 * A named member of a structure. Each member is a constant, and members are compared by identity.
 *
 * @param <T> the Java type of its values
 */
public final class Member<T> {
    private final String name;
    private final String pathName;
    private final Type<T> type;

    /** Creates a member with its name in JSON. */
    public Member(String name, Type<T> type) {
        this.name = name;
        // in KMS error messages, member names begin in lower case
        this.pathName = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        this.type = type;
    }

    /** Returns the name in JSON. */
    public String name() {
        return name;
    }

    /** Returns the name in KMS error messages. */
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
