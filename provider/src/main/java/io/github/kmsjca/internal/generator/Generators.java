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
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;

/**
 * What the generators of a provider share.
 *
 * <p>There is none while its provider is the first of several that have such generators. Then programs that name no
 * provider would get KMS keys: every TLS handshake makes a key pair that way, those with KMS too. That refusal comes
 * when the generator is asked for: later the JCA passes over providers like Bouncy Castle, whose generators are
 * subclasses of {@link java.security.KeyPairGenerator}.
 */
public record Generators(Configuration configuration, KmsSessions sessions, Provider self) {

    /**
     * Checks that a generator may be handed out.
     *
     * @throws NoSuchAlgorithmException if the provider is the first of several that have such generators
     */
    // another provider of ours with equal services may stand in the list
    @SuppressWarnings("ReferenceEquality")
    void requireNotFirst(String type, String name) throws NoSuchAlgorithmException {
        Provider[] offering = Security.getProviders(type + "." + name);
        if (offering != null && offering.length > 1 && offering[0] == self) {
            throw new NoSuchAlgorithmException(self.getName() + " stands before " + offering[1].getName()
                    + " in the list of providers, so with adopt or create every program that asks for a "
                    + name + " key would get a KMS key; put " + self.getName()
                    + " behind it, or give the generator a provider that is not in the list");
        }
    }

    KmsSettings settings() {
        return configuration.settings();
    }

    /** Makes a key in KMS. */
    KmsHandle create(KmsKeyGenParameterSpec wanted) {
        return sessions.of(settings()).creation().create(wanted);
    }

    /** Returns parameters for a key of a spec that say nothing else but what it is for. */
    static KmsKeyGenParameterSpec usual(KeySpec spec) {
        return withUsualUsage(spec, KmsKeyGenParameterSpec.of(spec.name()));
    }

    private static KmsKeyGenParameterSpec withUsualUsage(KeySpec spec, KmsKeyGenParameterSpec given) {
        return given.withUsage(KeyAlgorithm.usages(spec).get(0).name());
    }

    /**
     * Returns parameters with a usage, that such keys are usually for unless they say it.
     *
     * @throws InvalidAlgorithmParameterException if keys of the spec cannot be for the usage that they say
     */
    static KmsKeyGenParameterSpec complete(KeySpec spec, KmsKeyGenParameterSpec given)
            throws InvalidAlgorithmParameterException {
        if (given.alias().flatMap(KeyId::find).filter(KeyId::isAliasName).isEmpty()
                && given.alias().isPresent()) {
            throw new InvalidAlgorithmParameterException(
                    "'" + ForeignText.of(given.alias().get()) + "' is not the name of an alias; write alias/NAME");
        }
        if (given.keyUsage().isEmpty()) {
            return withUsualUsage(spec, given);
        }
        if (KeyAlgorithm.usages(spec).stream()
                .noneMatch(usage -> usage.name().equals(given.keyUsage().get()))) {
            throw new InvalidAlgorithmParameterException("a key of spec " + spec + " cannot be for "
                    + given.keyUsage().get() + "; it can for " + KeyAlgorithm.usages(spec));
        }
        return given;
    }

    static ProviderException refusal() {
        return new ProviderException("no key is made in KMS unless that is asked for: by the setting create=true, or by"
                + " KmsKeyGenParameterSpec");
    }
}
