package io.github.kmsjca.cli;

import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.certificate.KeyCertificates;
import io.github.kmsjca.internal.certificate.Purpose;
import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.KeyDescription;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.client.KmsProbe;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.session.KmsSession;
import io.github.kmsjca.internal.session.Lookup;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.KmsException;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks step by step whether keys can be used, and reports each result. Its requests change nothing. Requests that use
 * a key are dry runs, so AWS KMS computes nothing with the key.
 */
final class Checkup {
    /** The maximum clock error that KMS accepts (IAM User Guide, "Signing AWS API requests"). */
    private static final Duration MAX_SKEW = Duration.ofMinutes(5);

    /** The word between the request and the reason in the text of a failed request. */
    private static final String FAILED = " failed: ";

    private final KmsProbe probe;
    private final KmsSession session;
    private final KeyTrial trial;
    private final Consumer<Finding> report;
    private final Map<KeyId, Answer> descriptions = new HashMap<>();
    private @Nullable Answer aliasList;

    /**
     * The answer to a request.
     *
     * @param key the description of a key; null if the request failed or was for the list of aliases
     * @param failure why the request failed; null if it succeeded
     */
    private record Answer(
            @Nullable KeyDescription key, @Nullable KmsException failure) {
        static Answer to(Supplier<@Nullable KeyDescription> request) {
            try {
                return new Answer(request.get(), null);
            } catch (KmsException e) {
                return new Answer(null, e);
            }
        }
    }

    /**
     * Creates a checkup. It makes no request yet.
     *
     * @param algorithm the name of the signature algorithm, or null for the usual algorithm of each key
     * @param report receives each result as soon as it is known
     */
    Checkup(KmsSettings settings, KmsProbe probe, @Nullable String algorithm, Consumer<Finding> report) {
        this.probe = probe;
        this.session = new KmsSession(new Connection(settings, probe));
        this.trial = new KeyTrial(algorithm);
        this.report = report;
    }

    /** Returns the certificates of a key from settings or tags. Reuses what this checkup has already requested. */
    List<X509Certificate> chain(KmsHandle key) {
        return KeyCertificates.of(session)
                .chain(key.id(), Lookup.MAY_ASK, Purpose.SIGNATURE.orDecryptionFor(key.usage()));
    }

    /**
     * Checks credentials, Region and endpoint. The credentials are checked with a request that a later check needs
     * anyway. Returns whether the other checks are possible: not if the credentials are missing or refused, or no
     * Region is set.
     *
     * @param key the key that is checked next, or null if there is none
     */
    boolean access(@Nullable KeyId key) {
        String credentials;
        List<Finding> regions;
        Optional<String> endpoint;
        try {
            credentials = "access key " + probe.accessKeyId();
            regions = regions(key);
            endpoint = probe.endpointOverride(key);
        } catch (KmsException e) {
            report.accept(Finding.problem("access", e));
            return false;
        }
        KmsException failure = (key == null ? listAliases() : describe(key)).failure;
        report.accept(credentials(credentials, failure));
        regions.forEach(report);
        endpoint.ifPresent(url -> report.accept(Finding.note("endpoint", url + ", instead of the Region's own")));
        return failure == null || !KmsErrors.concernsCredentials(failure);
    }

    /**
     * Returns the Regions of the requests for a key, and a note for each Region that the SDK does not know. Such a
     * Region can be right, but is rare.
     */
    private List<Finding> regions(@Nullable KeyId key) {
        List<Finding> regions = new ArrayList<>(List.of(Finding.ok("Region", probe.regions(key))));
        List<String> known = KmsProbe.knownRegions().toList();
        for (String name : probe.unknownRegions(key)) {
            regions.add(Finding.note(
                    "Region", "the AWS SDK does not know " + name + "; check the name" + Choices.nearest(name, known)));
        }
        return regions;
    }

    /** Judges the credentials by the answer to the first request with them. */
    private static Finding credentials(String accessKey, @Nullable KmsException failure) {
        if (failure != null && KmsErrors.concernsCredentials(failure)) {
            return Finding.problem("credentials", accessKey + ": " + Main.text(failure));
        }
        return failure == null || KmsErrors.isAnswer(failure)
                ? Finding.ok("credentials", accessKey)
                : Finding.note("credentials", accessKey + "; not checked, because KMS did not answer");
    }

    private Answer describe(KeyId key) {
        return descriptions.computeIfAbsent(key, id -> Answer.to(() -> probe.describe(id)));
    }

    private Answer listAliases() {
        if (aliasList == null) {
            aliasList = Answer.to(() -> {
                probe.tryAliases();
                return null;
            });
        }
        return aliasList;
    }

    /**
     * Checks a key and the permissions of the caller.
     *
     * @param certified the public key in the certificate of the key; null if there is no certificate. With a
     *     certificate, signing does not need GetPublicKey
     * @return the key; empty if its state does not allow its use, or KMS does not return it. The reason is reported
     */
    Optional<KmsHandle> key(KeyId id, @Nullable PublicKey certified) {
        try {
            Optional<KeyUsage> usage = Optional.empty();
            Answer answer = describe(id);
            KmsException failure = answer.failure;
            KeyDescription description = answer.key;
            if (failure != null && !KmsErrors.isDenied(failure)) {
                throw withSuggestion(id, failure);
            }
            if (description == null) {
                report.accept(Finding.note(
                        "kms:DescribeKey",
                        "not allowed, so the key state is unknown; only HMAC keys need this permission to work"));
            } else if (reportState(description)) {
                usage = KeyUsage.named(description.keyUsage());
            } else {
                return Optional.empty();
            }
            Optional<KmsHandle> handle = handle(id, certified != null);
            // without GetPublicKey, the public key in the certificate is enough to try the key
            Optional<KmsHandle> tried = handle.isPresent() || certified == null
                    ? handle
                    : Optional.of(session.keys().pair(id, certified));
            if (tried.isPresent()) {
                KeyUsage use = usage.or(tried.get()::usage).orElse(KeyUsage.SIGN_VERIFY);
                report.accept(trial.finding(tried.get(), use));
            }
            return handle;
        } catch (ProviderException e) {
            report.accept(Finding.problem("key " + id, e));
            return Optional.empty();
        }
    }

    /**
     * Returns the failure. If no such alias exists and the caller may list the aliases, the text suggests the alias
     * that the user probably meant.
     */
    private KmsException withSuggestion(KeyId id, KmsException failure) {
        if (!id.isAlias() || !KmsErrors.isUnknownKey(failure)) {
            return failure;
        }
        try {
            session.aliases().all(Lookup.MAY_ASK);
            // fails again, now with a suggestion from the list
            session.keys().handle(id);
            return failure;
        } catch (KmsException second) {
            return KmsErrors.isUnknownKey(second) ? second : failure;
        }
    }

    /** Reports the spec, usage and state of a key. Returns whether the key can be used. */
    private boolean reportState(KeyDescription key) {
        String subject = "key " + ForeignText.of(key.arn());
        String details = Stream.of(key.keySpec(), key.keyUsage(), key.keyState())
                .map(ForeignText::of)
                .collect(Collectors.joining(", "));
        if (KeyUsage.named(key.keyUsage()).isEmpty()) {
            report.accept(Finding.problem(
                    subject, details + "; this version of kms-jca does not know this key usage; use a newer version"));
            return false;
        }
        if (!key.isUsable()) {
            report.accept(Finding.problem(subject, details + "; " + key.remedy()));
            return false;
        }
        report.accept(Finding.ok(subject, details));
        return true;
    }

    private Optional<KmsHandle> handle(KeyId id, boolean isCertified) {
        try {
            KmsHandle handle = session.keys().handle(id);
            if (handle instanceof PairHandle) {
                report.accept(Finding.ok("kms:GetPublicKey", "allowed"));
            }
            return Optional.of(handle);
        } catch (KmsException e) {
            report.accept(
                    isCertified && KmsErrors.isDenied(e)
                            ? Finding.note(
                                    "kms:GetPublicKey",
                                    "not allowed, so the certificate cannot be compared with the key; signing does not"
                                            + " need this permission")
                            // for an HMAC key, the failed operation can be DescribeKey
                            : Finding.problem("key " + id, e));
            return Optional.empty();
        }
    }

    /**
     * Checks whether the caller may list the account's aliases. If KMS does not answer, and a request for a key got no
     * answer for the same reason, that problem is already reported, so this method reports nothing.
     */
    void discovery() {
        KmsException failure = listAliases().failure;
        if (failure == null) {
            report.accept(Finding.ok("kms:ListAliases", "allowed"));
        } else if (!isReported(failure)) {
            report.accept(
                    KmsErrors.isDenied(failure)
                            ? Finding.note(
                                    "kms:ListAliases",
                                    "not allowed; only -keystore NONE needs this permission, and only if the setting"
                                            + " 'keys' contains *, or neither 'keys' nor 'key.<alias>' is set")
                            : Finding.problem("kms:ListAliases", failure));
        }
    }

    /** Returns whether KMS did not answer, and a request for a key got no answer for the same reason. */
    private boolean isReported(KmsException failure) {
        return !KmsErrors.isAnswer(failure)
                && descriptions.values().stream()
                        .flatMap(answer -> Stream.ofNullable(answer.failure))
                        .anyMatch(earlier -> reason(earlier).equals(reason(failure)));
    }

    /** Returns the text of a failure without the operation and the key, which are before the word "failed". */
    private static String reason(KmsException failure) {
        String text = String.valueOf(failure.getMessage());
        return text.substring(text.indexOf(FAILED) + 1);
    }

    /** Reports the proxies of the requests so far. */
    void proxies() {
        probe.proxies().forEach(proxy -> report.accept(Finding.note("proxy", proxy)));
    }

    /** Compares the clock with the last answer from KMS. Reports nothing if there was no answer. */
    void clock() {
        probe.clockSkew().ifPresent(skew -> {
            Duration off = skew.abs();
            String text = off.toSeconds() + " s " + (skew.isNegative() ? "behind" : "ahead of") + " the service";
            report.accept(
                    off.compareTo(MAX_SKEW) < 0
                            ? Finding.ok("clock", text)
                            : Finding.problem(
                                    "clock",
                                    text + "; KMS refuses requests if the clock is this far off; set the clock"));
        });
    }
}
