package io.github.kmsjca.emulator.wire;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The checked values of a structure in a request or a state file. */
public final class Input {
    private final Map<Member<?>, Object> values;

    Input(Map<Member<?>, Object> values) {
        this.values = values;
    }

    /** Returns the value of a member, if the structure has it. */
    public <T> Optional<T> find(Member<T> member) {
        // the value has this type, because Shape gets each value from the type of its member
        @SuppressWarnings("unchecked")
        T value = (T) values.get(member);
        return Optional.ofNullable(value);
    }

    /**
     * Returns the value of a member that the shape requires. Use {@link #find} for optional members.
     *
     * @throws NoSuchElementException if the member is absent, which can happen only if the shape does not require it
     */
    public <T> T get(Member<T> member) {
        return find(member).orElseThrow(() -> new NoSuchElementException(member.name()));
    }
}
