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
import org.jspecify.annotations.Nullable;

/** Authenticates requests and passes them to the Region that they are signed for. Safe for use by many threads. */
public final class Service {
    private final Map<String, RegionalService> servicesByRegion = new LinkedHashMap<>();
    private final Authorization authorization;
    private final Regions regions;
    private final RequestLog log;

    /** Creates the service for all Regions. If {@code check} is null, the service accepts any credentials. */
    public Service(Regions regions, @Nullable SignatureCheck check, Faults faults, RequestLog log) {
        this.authorization = new Authorization(regions.accounts().keySet(), check);
        this.regions = regions;
        this.log = log;
        regions.accounts()
                .forEach((region, account) ->
                        servicesByRegion.put(region, new RegionalService(regions, account, faults)));
    }

    /** Answers a request and logs it. */
    Reply answer(Request request) {
        Parameters parameters = Parameters.of(request.body());
        Reply reply = answer(request, parameters);
        log.add(new LoggedRequest(
                request.id(),
                request.header("User-Agent"),
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
            requireNotFromWebPage(request);
            // before the check of the signature, which needs the whole body
            requireNotTooLarge(request);
            String region = authorization.require(request);
            regions.deleteDueKeysAndMaterial();
            return Optional.ofNullable(servicesByRegion.get(region))
                    .orElseThrow()
                    .answer(request.operation(), parameters);
        } catch (ServiceException e) {
            return Reply.of(e);
        } catch (RuntimeException e) {
            // a bug in the emulator must reach the test as an error, not as a closed connection
            return Reply.of(ErrorType.KMS_INTERNAL.with("Emulator bug: " + e));
        }
    }

    private static void requireNotTooLarge(Request request) {
        if (request.body().length > Request.MAX_BODY_BYTES) {
            throw ErrorType.REQUEST_ENTITY_TOO_LARGE.with(
                    "The request has more than " + Request.MAX_BODY_BYTES + " bytes");
        }
    }

    /**
     * Refuses requests from web pages, even from a page whose host name resolves to this machine (DNS rebinding). A
     * browser sends the header {@code Origin} with every POST request (Fetch Standard, "Origin header"), and no SDK
     * sends this header.
     */
    private static void requireNotFromWebPage(Request request) {
        if (request.header("Origin").isPresent()) {
            throw ErrorType.ACCESS_DENIED.with(
                    "The emulator refuses requests with the header Origin, which browsers send for web pages");
        }
    }
}
