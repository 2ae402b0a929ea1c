package io.github.kmsjca.emulator.server;

import io.github.kmsjca.emulator.account.Account;
import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.Location;
import io.github.kmsjca.emulator.account.Regions;
import io.github.kmsjca.emulator.control.FaultAction;
import io.github.kmsjca.emulator.control.Faults;
import io.github.kmsjca.emulator.operation.Operation;
import io.github.kmsjca.emulator.operation.OperationTable;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.ServiceException;
import java.util.List;

/** The service in one Region. Applies the faults that a test has added, and runs the operations. */
final class RegionalService {
    private final OperationTable operations;
    private final Account account;
    private final Faults faults;

    RegionalService(Regions regions, Account account, Faults faults) {
        this.operations = new OperationTable(regions, account);
        this.account = account;
        this.faults = faults;
    }

    /**
     * Answers an authenticated request.
     *
     * @return the answer, which is an error if the operation refuses the request
     * @throws ServiceException if there is no such operation, or a fault denies access
     */
    Reply answer(String operationName, Parameters parameters) {
        Operation operation = operations.find(operationName);
        String region = account.location().region();
        for (FaultAction action : faults.take(operation.name(), region, parameters.identifiers())) {
            if (action instanceof FaultAction.Delay delay) {
                sleep(delay);
            } else {
                return answerWithFault(operation, parameters, action);
            }
        }
        return run(operation, parameters);
    }

    private Reply answerWithFault(Operation operation, Parameters parameters, FaultAction fault) {
        if (fault instanceof FaultAction.After after) {
            // the client does not get the answer of the operation, not even if it is an error
            run(operation, parameters);
            return answerWithFault(operation, parameters, after.action());
        }
        if (fault instanceof FaultAction.Failure failure) {
            return Reply.of(failure);
        }
        if (fault instanceof FaultAction.Response response) {
            return Reply.of(response);
        }
        if (fault instanceof FaultAction.Denial) {
            throw denial(operation, parameters);
        }
        if (fault instanceof FaultAction.Reset) {
            return Reply.none(Reply.Delivery.RESET);
        }
        if (fault instanceof FaultAction.Silence) {
            return Reply.none(Reply.Delivery.SILENT);
        }
        return changed(run(operation, parameters), fault);
    }

    /** Applies one of the faults that change the answer of the operation or stop in the middle of the answer. */
    private static Reply changed(Reply reply, FaultAction fault) {
        if (fault instanceof FaultAction.Rewrite rewrite) {
            return reply.rewritten(rewrite.change());
        }
        return reply.withDelivery(
                fault instanceof FaultAction.Stall ? Reply.Delivery.STALLED : Reply.Delivery.BROKEN_OFF);
    }

    private static Reply run(Operation operation, Parameters parameters) {
        try {
            return Reply.of(operation.run(parameters.requireJson()).orElse(null));
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
        Location here = account.location();
        String caller = "arn:" + here.partition() + ":iam::" + here.account() + ":user/test";
        return ErrorType.ACCESS_DENIED.with("User: " + caller + " is not authorized to perform: " + action
                + " on resource: " + resource(operation, parameters)
                + " because no identity-based policy allows the " + action + " action");
    }

    /**
     * Returns the ARN of the key in a request. Returns the identifier as sent if there is no such key, and an asterisk
     * if the request has no identifier.
     */
    private String resource(Operation operation, Parameters parameters) {
        List<String> identifiers = parameters.identifiers();
        if (identifiers.isEmpty()) {
            return "*";
        }
        String identifier = identifiers.get(0);
        try {
            return new KeyFinder(account).find(identifier, operation.name()).arn();
        } catch (ServiceException e) {
            return identifier;
        }
    }
}
