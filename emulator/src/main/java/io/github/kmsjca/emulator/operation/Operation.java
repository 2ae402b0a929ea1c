package io.github.kmsjca.emulator.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.Input;
import io.github.kmsjca.emulator.wire.Shape;
import java.util.Optional;
import java.util.function.Function;

/** A row of the table of operations: the name, the members of the request, and the code to run. */
public record Operation(String name, Shape shape, Function<Input, Optional<Answer>> action) {

    /**
     * Runs the operation.
     *
     * @return the answer, or empty for an operation without output
     * @throws io.github.kmsjca.emulator.wire.ServiceException if the parameters or the state of a key do not allow the
     *     operation
     */
    public Optional<Answer> run(JsonNode parameters) {
        return action.apply(shape.read(parameters));
    }
}
