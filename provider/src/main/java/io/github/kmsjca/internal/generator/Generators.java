package io.github.kmsjca.internal.generator;

import io.github.kmsjca.internal.algorithm.KeyAlgorithm;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.session.KmsSessions;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.KmsKeyGenParameterSpec;
import java.io.Serial;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the generators of a provider share.
 *
 * <p>If this provider comes first among several providers that offer a generator, a program gets this provider's
 * generator only if it passes the {@link Provider} object to {@code getInstance}. Without this rule, programs that name
 * no provider would get KMS keys. For example, most TLS handshakes create a key pair without naming a provider, even
 * handshakes with a KMS key.
 *
 * <p>The refusal must come from {@code getInstance}. If a later method refused, the JCA would skip providers such as
 * Bouncy Castle, whose generators are subclasses of {@link java.security.KeyPairGenerator}.
 */
public record Generators(Configuration configuration, KmsSessions sessions, Provider provider) {
    /**
     * The number of frames from here to the JCA method, which tells Java how many frames to fetch at once. Fetching
     * more would slow down programs that use other keys.
     */
    private static final int FRAMES = 6;

    /** Java 25 reports descriptors only with this option, although Java's documentation does not say so. */
    private static final StackWalker STACK =
            StackWalker.getInstance(Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE), FRAMES);

    /** Part of the descriptor of {@code getInstance(String, Provider)}. */
    private static final String PROVIDER = "Ljava/security/Provider;";

    /** The beginning of the descriptor of {@code getInstance(String)}. */
    private static final String ONLY_NAME = "(Ljava/lang/String;)";

    /**
     * Checks that this provider may return a generator: it is not the first of several that offer the generator, or the
     * program passes the provider object. Call this method directly in {@link Provider.Service#newInstance}, so that
     * the JCA method is only a few frames away.
     *
     * @param jcaClass the JCA class whose {@code getInstance} the program calls
     * @throws NoSuchAlgorithmException if the provider comes first among several providers that offer the generator,
     *     and the program does not pass the provider object
     */
    public void requireNotFirst(String jcaClass, String name) throws NoSuchAlgorithmException {
        String type = type(jcaClass);
        Provider other = nextOffering(type, name);
        if (other == null) {
            return;
        }
        String call = descriptorOfCall(jcaClass).orElse("");
        if (call.contains(PROVIDER)) {
            return;
        }
        if (call.startsWith(ONLY_NAME)) {
            // the JCA discards this exception, and its stack trace would slow down programs that use other keys
            throw new Unnamed();
        }
        String us = provider.getName();
        throw new NoSuchAlgorithmException(us + " comes before " + other.getName()
                + " in the list of providers. In this order, " + us + " makes " + name
                + " keys only for programs that pass the provider object, not its name; otherwise, programs that name"
                + " no provider would get KMS keys. Call " + type + ".getInstance(\"" + name
                + "\", Security.getProvider(\"" + us + "\")), or put " + us + " after " + other.getName());
    }

    /** Returns the service type for a JCA class: its simple name. */
    public static String type(String jcaClass) {
        return jcaClass.substring(jcaClass.lastIndexOf('.') + 1);
    }

    /** The refusal for a program that names no provider. */
    private static final class Unnamed extends NoSuchAlgorithmException {
        @Serial
        private static final long serialVersionUID = 1L;

        Unnamed() {
            super("no KMS keys for a program that names no provider");
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /**
     * Returns the next provider in the list that offers a generator; null if no other provider offers it, if another
     * provider offers it before this provider, or if this provider is not in the list.
     */
    // equals is true for all instances of this provider, and the list may contain another instance
    @SuppressWarnings("ReferenceEquality")
    private @Nullable Provider nextOffering(String type, String name) {
        boolean isFirst = false;
        for (Provider listed : Security.getProviders()) {
            if (listed == provider) {
                isFirst = true;
            } else if (listed.getService(type, name) != null) {
                return isFirst ? listed : null;
            }
        }
        return null;
    }

    /**
     * Returns the descriptor (JVMS §4.3.3) of the JCA method that asks for the generator. The JCA does not tell a
     * provider how it was asked, so the answer is in the stack. Programs that use other keys run this code too, so it
     * does not read the MethodType, which Java 17 would have to create first.
     */
    private static Optional<String> descriptorOfCall(String jcaClass) {
        return STACK.walk(frames -> frames.filter(frame -> frame.getClassName().equals(jcaClass)
                        && frame.getMethodName().equals("getInstance"))
                .findFirst()
                .map(StackWalker.StackFrame::getDescriptor));
    }

    KmsSettings settings() {
        return configuration.settings();
    }

    /** Creates a KMS key. The parameters must name the usage, see {@link #complete}. */
    KmsHandle create(KmsKeyGenParameterSpec parameters) {
        return sessions.of(settings()).creation().create(parameters);
    }

    /** Returns parameters for a key of the given spec, with the default key usage and nothing else. */
    static KmsKeyGenParameterSpec withDefaults(KeySpec spec) {
        return withDefaultUsage(spec, KmsKeyGenParameterSpec.of(spec.name()));
    }

    private static KmsKeyGenParameterSpec withDefaultUsage(KeySpec spec, KmsKeyGenParameterSpec parameters) {
        return parameters.withUsage(KeyAlgorithm.usages(spec).get(0).name());
    }

    /**
     * Returns the parameters, with the default usage for the spec if the parameters name no usage.
     *
     * @throws InvalidAlgorithmParameterException if the provider has no algorithm for the spec with this usage, or the
     *     alias is not valid
     */
    static KmsKeyGenParameterSpec complete(KeySpec spec, KmsKeyGenParameterSpec parameters)
            throws InvalidAlgorithmParameterException {
        Optional<String> alias = parameters.alias();
        if (alias.isPresent()
                && alias.flatMap(KeyId::find).filter(KeyId::isAliasName).isEmpty()) {
            throw new InvalidAlgorithmParameterException(
                    "'" + ForeignText.of(alias.get()) + "' is not an alias name; write alias/NAME, with a NAME of 1"
                            + " to 250 letters, digits and characters / _ -");
        }
        if (parameters.keyUsage().isEmpty()) {
            return withDefaultUsage(spec, parameters);
        }
        if (KeyAlgorithm.usages(spec).stream()
                .noneMatch(usage -> usage.name().equals(parameters.keyUsage().get()))) {
            throw new InvalidAlgorithmParameterException("a key of spec " + spec + " cannot have the usage "
                    + parameters.keyUsage().get() + "; possible usages: " + KeyAlgorithm.usages(spec));
        }
        return parameters;
    }
}
