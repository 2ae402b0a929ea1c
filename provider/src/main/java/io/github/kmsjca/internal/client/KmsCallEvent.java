package io.github.kmsjca.internal.client;

import io.github.kmsjca.key.KmsException;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** The event for one KMS operation with all its attempts. */
@Name("io.github.kmsjca.KmsCall")
@Label("KMS Call")
@Category("AWS KMS")
@Description("An operation of AWS KMS, with all attempts and the pauses between them")
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
final class KmsCallEvent extends Event implements CallRecording {
    /** The outcome of an operation that succeeded. */
    private static final String SUCCESS = "success";

    @Label("Operation")
    @Description("The KMS API operation, such as Sign")
    private @Nullable String operation;

    @Label("Subject")
    @Description("What the operation concerns: the key as the program names it, or the account")
    private @Nullable String subject;

    @Label("Region")
    @Description("The AWS Region of the last request")
    private @Nullable String region;

    @Label("Attempts")
    @Description("The number of attempts; more than 1 if the request was repeated")
    private int attempts;

    @Label("Request Id")
    @Description("The id that AWS gave the last request that was answered, as in CloudTrail")
    private @Nullable String requestId;

    @Label("Outcome")
    @Description("success, or the error code")
    private @Nullable String outcome;

    private KmsCallEvent() {}

    /** Begins an event. */
    static KmsCallEvent start() {
        KmsCallEvent event = new KmsCallEvent();
        event.begin();
        return event;
    }

    @Override
    public void end(Operation<?> call, @Nullable KmsException failure) {
        end();
        if (!shouldCommit()) {
            return;
        }
        operation = call.name();
        subject = call.subject();
        region = call.lastRegion();
        attempts = call.attempts();
        requestId = failure == null ? call.requestId() : failure.requestId().orElseGet(call::requestId);
        outcome = failure == null ? SUCCESS : failure.code();
        commit();
    }
}
