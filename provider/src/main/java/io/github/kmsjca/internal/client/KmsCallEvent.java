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

    /** The outcome of an operation that ended with anything except a KmsException, such as an OutOfMemoryError. */
    private static final String ERROR = "error";

    @Label("Operation")
    @Description("The KMS API operation, such as Sign")
    private final String operation;

    @Label("Subject")
    @Description("What the operation concerns: the key as the program names it, the spec of a new key, or the account")
    private final String subject;

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
    @Description("success, the error code, or error for a fault in the program")
    private @Nullable String outcome;

    private KmsCallEvent(String operation, String subject) {
        this.operation = operation;
        this.subject = subject;
    }

    /** Begins an event. */
    static KmsCallEvent start(String operation, String subject) {
        KmsCallEvent event = new KmsCallEvent(operation, subject);
        event.begin();
        return event;
    }

    @Override
    public void end(@Nullable Operation<?> call, @Nullable Throwable failure) {
        end();
        if (!shouldCommit()) {
            return;
        }
        if (call != null) {
            region = call.lastRegion();
            attempts = call.attempts();
            requestId = call.requestId();
        }
        if (failure instanceof KmsException known) {
            requestId = known.requestId().orElse(requestId);
            outcome = known.code();
        } else {
            outcome = failure == null ? SUCCESS : ERROR;
        }
        commit();
    }
}
