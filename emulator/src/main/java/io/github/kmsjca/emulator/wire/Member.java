package io.github.kmsjca.emulator.wire;

/**
 * A named member of a request. Members are compared by identity: each is a constant.
 *
 * @param <T> the Java form of its value
 */
public final class Member<T> {
    private final String name;
    private final String pathName;
    private final Type<T> type;

    /** Creates the member with that name on the wire. */
    public Member(String name, Type<T> type) {
        this.name = name;
        // the service's texts begin member names in lower case
        this.pathName = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        this.type = type;
    }

    /** Returns the name on the wire. */
    public String name() {
        return name;
    }

    /** Returns the name in the service's texts. */
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
