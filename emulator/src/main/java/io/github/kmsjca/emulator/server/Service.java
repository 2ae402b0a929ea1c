package io.github.kmsjca.emulator.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kmsjca.emulator.control.FaultAction;
import io.github.kmsjca.emulator.control.Faults;
import io.github.kmsjca.emulator.control.LoggedRequest;
import io.github.kmsjca.emulator.control.RequestLog;
import io.github.kmsjca.emulator.key.Account;
import io.github.kmsjca.emulator.key.KeyFinder;
import io.github.kmsjca.emulator.operation.Operation;
import io.github.kmsjca.emulator.operation.OperationTable;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Json;
import io.github.kmsjca.emulator.wire.ServiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Answers requests: authentication, then faults, then the operation. Safe for use by many threads. */
public final class Service {
    private final Authorization authorization;
    private final OperationTable operations;
    private final Account account;
    private final Faults faults;
    private final RequestLog log;

    /** Creates the service of an account. */
    public Service(Account account, Faults faults, RequestLog log) {
        this.authorization = new Authorization(account.location().region());
        this.operations = new OperationTable(account);
        this.account = account;
        this.faults = faults;
        this.log = log;
    }

    /** Answers a request and logs it. */
    Reply answer(Request request) {
        Parameters parameters = Parameters.of(request.body());
        Reply reply = answer(request, parameters);
        log.add(new LoggedRequest(
                request.operation(),
                Authorization.accessKeyId(request),
                parameters.identifiers().stream().findFirst(),
                new String(request.body(), StandardCharsets.UTF_8),
                reply.status(),
                reply.errorType()));
        return reply;
    }

    private Reply answer(Request request, Parameters parameters) {
        try {
            if (!request.method().equals("POST")) {
                throw ErrorType.UNKNOWN_OPERATION.withoutMessage();
            }
            authorization.require(request);
            account.deleteDueKeys();
            return disturbed(operations.find(request.operation()), parameters);
        } catch (ServiceException e) {
            return Reply.of(e);
        } catch (RuntimeException e) {
            // the tool boundary: who tests with the emulator should see its defects and not a closed connection
            return Reply.of(ErrorType.KMS_INTERNAL.with("Defect of the emulator: " + e));
        }
    }

    private Reply disturbed(Operation operation, Parameters parameters) {
        UnaryOperator<String> change = null;
        for (FaultAction action : faults.take(operation.name(), parameters.identifiers())) {
            if (action instanceof FaultAction.Delay delay) {
                sleep(delay);
            } else if (action instanceof FaultAction.Failure failure) {
                return Reply.of(failure);
            } else if (action instanceof FaultAction.Denial) {
                throw denial(operation, parameters);
            } else if (action instanceof FaultAction.Reset) {
                return Reply.none();
            } else if (action instanceof FaultAction.Rewrite rewrite) {
                change = rewrite.change();
            }
        }
        Reply reply = run(operation, parameters);
        return change == null ? reply : reply.rewritten(change);
    }

    private static Reply run(Operation operation, Parameters parameters) {
        try {
            return Reply.of(operation.run(parameters.requireJson()));
        } catch (ServiceException e) {
            return Reply.of(e);
        }
    }

    private static void sleep(FaultAction.Delay delay) {
        try {
            Thread.sleep(delay.time().toMillis());
        } catch (InterruptedException e) {
            // the emulator is closing
            Thread.currentThread().interrupt();
        }
    }

    private ServiceException denial(Operation operation, Parameters parameters) {
        String action = "kms:" + operation.name();
        String caller = "arn:" + account.location().partition() + ":iam::"
                + account.location().account() + ":user/test";
        return ErrorType.ACCESS_DENIED.with("User: " + caller + " is not authorized to perform: " + action
                + " on resource: " + resource(parameters) + " because no identity-based policy allows the " + action
                + " action");
    }

    private String resource(Parameters parameters) {
        return parameters.identifiers().stream()
                .findFirst()
                .map(identifier -> {
                    try {
                        return new KeyFinder(account).find(identifier, "").arn();
                    } catch (ServiceException e) {
                        return identifier;
                    }
                })
                .orElse("*");
    }

    /** The parameters of a request, which may turn out to be no JSON. */
    private record Parameters(Optional<JsonNode> json, String problem) {
        // in the order of which names the key rather than something about it
        private static final List<String> IDENTIFIERS = List.of("KeyId", "TargetKeyId", "AliasName");

        static Parameters of(byte[] body) {
            try {
                return new Parameters(Optional.of(Json.parse(body)), "");
            } catch (IOException e) {
                return new Parameters(Optional.empty(), String.valueOf(e.getMessage()));
            }
        }

        JsonNode requireJson() {
            return json.orElseThrow(() -> ErrorType.SERIALIZATION.with("The request is not JSON: " + problem));
        }

        List<String> identifiers() {
            return json.stream()
                    .flatMap(node -> IDENTIFIERS.stream().flatMap(name -> Stream.ofNullable(node.get(name))))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue)
                    .toList();
        }
    }
}
