package io.github.kmsjca.emulator.server;

import io.github.kmsjca.emulator.account.Regions;
import io.github.kmsjca.emulator.control.Faults;
import io.github.kmsjca.emulator.control.LoggedRequest;
import io.github.kmsjca.emulator.control.RequestLog;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Answers requests: authentication, then what the Region says that they were signed for. Safe for use by many threads. */
public final class Service {
    private final Map<String, RegionalService> services = new LinkedHashMap<>();
    private final Authorization authorization;
    private final Regions regions;
    private final RequestLog log;

    /** Creates the service of all Regions, for requests of any credentials unless there is a check. */
    public Service(Regions regions, Optional<SignatureCheck> check, Faults faults, RequestLog log) {
        this.authorization = new Authorization(regions.accounts().keySet(), check);
        this.regions = regions;
        this.log = log;
        regions.accounts()
                .forEach((region, account) -> services.put(region, new RegionalService(regions, account, faults)));
    }

    /** Answers a request and logs it. */
    Reply answer(Request request) {
        Parameters parameters = Parameters.of(request.body());
        Reply reply = answer(request, parameters);
        log.add(new LoggedRequest(
                request.operation(),
                Authorization.region(request),
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
            requireNoBrowser(request);
            String region = authorization.require(request);
            regions.catchUp();
            return Optional.ofNullable(services.get(region)).orElseThrow().answer(request.operation(), parameters);
        } catch (ServiceException e) {
            return Reply.of(e);
        } catch (RuntimeException e) {
            // the tool boundary: who tests with the emulator should see its defects and not a closed connection
            return Reply.of(ErrorType.KMS_INTERNAL.with("Defect of the emulator: " + e));
        }
    }

    /**
     * Refuses what a web page sends: every browser names the page in the header {@code Origin} of a POST (Fetch Standard,
     * "Origin header"), also where the page's own host name leads to this machine. No SDK sends that header.
     */
    private static void requireNoBrowser(Request request) throws ServiceException {
        if (request.header("Origin").isPresent()) {
            throw ErrorType.ACCESS_DENIED.with("The emulator answers no web pages");
        }
    }
}
