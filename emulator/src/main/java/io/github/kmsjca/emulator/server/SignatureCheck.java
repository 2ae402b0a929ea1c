package io.github.kmsjca.emulator.server;

import io.github.kmsjca.emulator.wire.ErrorType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Verifies the credentials, the date and the signature of a request.
 *
 * <p>This class does not compute the expected signature with the signer of the AWS SDK, because that signer also signs
 * a header with the hash of the body, and other clients do not send this header.
 */
public final class SignatureCheck {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final DateTimeFormatter BASIC_FORMAT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Credentials credentials;
    private final Clock clock;

    /**
     * Creates a check with the credentials that requests must be signed with, and the clock that decides whether a
     * signature is current.
     */
    public SignatureCheck(Credentials credentials, Clock clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * Checks a request.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException UnrecognizedClientException if the access key id is wrong
     *     or the request has a security token; IncompleteSignatureException if the date is malformed;
     *     InvalidSignatureException if the date is not current, a header that must be signed is not signed, or the
     *     signature is not valid
     */
    void require(Request request, SigV4Parameters sigV4) {
        // a security token belongs to temporary credentials, which the emulator does not have
        if (!sigV4.accessKeyId().equals(credentials.accessKeyId())
                || request.header("X-Amz-Security-Token").isPresent()) {
            throw ErrorType.UNRECOGNIZED_CLIENT.with("The security token included in the request is invalid.");
        }
        String date = date(request);
        requireCurrent(date, sigV4);
        requireSigned(request, List.of(sigV4.signedHeaders().split(";")));
        String expected = new CanonicalRequest(request, sigV4.signedHeaders())
                .signature(credentials.secretAccessKey(), date, sigV4.scope());
        if (!MessageDigest.isEqual(bytes(expected), bytes(sigV4.signature()))) {
            throw ErrorType.INVALID_SIGNATURE.with(
                    "The request signature we calculated does not match the signature you provided."
                            + " Check your AWS Secret Access Key and signing method."
                            + " Consult the service documentation for details.");
        }
    }

    /** Returns the date of a request in the form that the signature uses. */
    private static String date(Request request) {
        Optional<String> amzDate = request.header("X-Amz-Date");
        String text = amzDate.or(() -> request.header("Date")).orElse("");
        try {
            DateTimeFormatter format = amzDate.isPresent() ? BASIC_FORMAT : DateTimeFormatter.RFC_1123_DATE_TIME;
            return BASIC_FORMAT.format(format.parse(text, Instant::from));
        } catch (DateTimeException e) {
            throw ErrorType.INCOMPLETE_SIGNATURE.with("Date must be in ISO-8601 'basic format'. Got '" + text
                    + "'. See http://en.wikipedia.org/wiki/ISO_8601");
        }
    }

    private void requireCurrent(String date, SigV4Parameters sigV4) {
        if (!date.startsWith(sigV4.date() + "T")) {
            throw ErrorType.INVALID_SIGNATURE.with(
                    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version"
                            + " of date from HTTP: '" + sigV4.date() + "' != '" + date.substring(0, date.indexOf('T'))
                            + "', from '" + date + "'.");
        }
        Instant now = clock.instant();
        // in this format, the alphabetical order of dates is their order in time
        String earliest = BASIC_FORMAT.format(now.minus(TOLERANCE));
        String latest = BASIC_FORMAT.format(now.plus(TOLERANCE));
        if (date.compareTo(earliest) < 0) {
            throw ErrorType.INVALID_SIGNATURE.with("Signature expired: " + date + " is now earlier than " + earliest
                    + " (" + BASIC_FORMAT.format(now) + " - " + TOLERANCE.toMinutes() + " min.)");
        }
        if (date.compareTo(latest) > 0) {
            throw ErrorType.INVALID_SIGNATURE.with("Signature not yet current: " + date + " is still later than "
                    + latest + " (" + BASIC_FORMAT.format(now) + " + " + TOLERANCE.toMinutes() + " min.)");
        }
    }

    /**
     * Checks that the host and all AWS headers are signed. Otherwise an attacker could change the headers that contain
     * the operation and the date.
     */
    private static void requireSigned(Request request, List<String> signed) {
        if (!signed.contains("host")) {
            throw ErrorType.INVALID_SIGNATURE.with(
                    "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
        }
        List<String> unsigned = request.headers().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith("x-amz-") && !signed.contains(name))
                .sorted()
                .toList();
        if (!unsigned.isEmpty()) {
            throw ErrorType.INVALID_SIGNATURE.with(
                    "There were headers present in the request which were not signed: " + String.join(", ", unsigned));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
