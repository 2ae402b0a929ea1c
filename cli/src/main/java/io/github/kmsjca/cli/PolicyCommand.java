package io.github.kmsjca.cli;

import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.key.KmsException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a least-privilege policy. */
@Command(
        name = "policy",
        description = "Write an IAM policy with the least privileges for the given uses of keys.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class PolicyCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--for",
            split = ",",
            paramLabel = "USE",
            converter = UseConverter.class,
            completionCandidates = UseCandidates.class,
            description =
                    "${COMPLETION-CANDIDATES}. Default: what each key is for, such as 'sign' or 'decrypt'. 'sign' is"
                            + " for keys in a keystore file, 'name' for signing with other keys, 'check' for the"
                            + " command check. docs/iam.md describes all uses.")
    List<PolicyUse> uses = new ArrayList<>();

    /** For users who expect the option; a policy is JSON in any case. */
    @Mixin
    final JsonOption json = new JsonOption();

    @Mixin
    final StoreOptions store = new StoreOptions();

    @Mixin
    final OutputOption output = new OutputOption();

    @Parameters(
            arity = "0..*",
            paramLabel = "KEY",
            description = {
                StoreOptions.KEY + " Default: all keys of the keystore file.",
                "Asks KMS for the ARN and the usage of a key, unless --for is given and the key ARN is in KEY or in the"
                        + " keystore file."
            })
    List<String> keys = new ArrayList<>();

    @Override
    public Integer call() throws GeneralSecurityException, IOException {
        boolean needsKeys =
                uses.isEmpty() || !actions(uses, PolicyUse::forGivenKeys).isEmpty();
        requireKeysFitUses(needsKeys);
        IamPolicy policy = new IamPolicy();
        policy.allow(actions(uses, PolicyUse::forAllResources));
        if (needsKeys) {
            Store opened = Store.of(store).requireNamedFileExists();
            Map<SortedSet<String>, Set<KeyId>> statements = new LinkedHashMap<>();
            for (KeyId id : ids(opened)) {
                addTo(statements, opened, id);
            }
            statements.forEach(policy::allow);
        }
        output.write(policy.toString(), Output.of(spec));
        return ExitStatus.SUCCESS.code();
    }

    /** Checks that the user names keys if the uses need keys, and none if they do not. */
    private void requireKeysFitUses(boolean needsKeys) {
        boolean lacksKeys = needsKeys && keys.isEmpty() && store.file().isEmpty();
        boolean hasNeedlessKeys = !needsKeys && !keys.isEmpty();
        if (lacksKeys || hasNeedlessKeys) {
            String subject = uses.isEmpty()
                    ? "policy"
                    : "--for " + uses.stream().map(PolicyUse::toString).collect(Collectors.joining(","));
            throw new ParameterException(
                    Output.line(spec),
                    subject
                            + (lacksKeys
                                    ? " needs at least one KEY, such as alias/release, or --keystore FILE"
                                    : " does not accept a KEY"));
        }
    }

    private Collection<KeyId> ids(Store opened) throws KeyStoreException {
        Collection<KeyId> ids = opened.ids(keys).values();
        if (ids.isEmpty()) {
            throw new KeyStoreException(opened.path().orElseThrow() + " has no entry with a key; name a KEY without"
                    + " --keystore, or make an entry with import");
        }
        return ids;
    }

    /** Adds a key to the statement that allows its actions. Asks KMS about the key only if that is necessary. */
    private void addTo(Map<SortedSet<String>, Set<KeyId>> statements, Store opened, KeyId id)
            throws InvalidKeyException {
        KeyId arn = id;
        List<PolicyUse> usesOfKey = uses;
        if (uses.isEmpty() || !id.isKeyArn()) {
            KmsHandle handle = handle(opened, id);
            arn = KeyId.parse(handle.keyId());
            KeyUsage usage = handle.usage().orElse(KeyUsage.SIGN_VERIFY);
            usesOfKey = uses.isEmpty() ? List.of(PolicyUse.of(usage)) : fittingUses(handle, usage);
        }
        statements
                .computeIfAbsent(actions(usesOfKey, PolicyUse::forGivenKeys), actions -> new LinkedHashSet<>())
                .add(arn);
    }

    private KmsHandle handle(Store opened, KeyId id) {
        try {
            return opened.handle(id);
        } catch (KmsException e) {
            boolean isAvoidable = uses.isEmpty() && id.isKeyArn();
            throw isAvoidable
                    ? KmsErrors.withAdvice(
                            e, "with --for, such as --for sign, 'kms-jca policy' does not ask KMS about key ARNs")
                    : e;
        }
    }

    /** Returns those of the given uses that a key can have. Fails if none of them needs an action on the key. */
    private List<PolicyUse> fittingUses(KmsHandle key, KeyUsage usage) throws InvalidKeyException {
        List<PolicyUse> fitting = uses.stream()
                .filter(use -> use.requiredUsage().map(usage::equals).orElse(true))
                .toList();
        if (fitting.stream().allMatch(use -> use.forGivenKeys().isEmpty())) {
            throw new InvalidKeyException(key + " cannot be used for "
                    + uses.stream().map(PolicyUse::toString).collect(Collectors.joining(","))
                    + "; write --for " + PolicyUse.of(usage) + ", or name another key");
        }
        return fitting;
    }

    private static SortedSet<String> actions(List<PolicyUse> uses, Function<PolicyUse, List<String>> part) {
        return uses.stream().flatMap(use -> part.apply(use).stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    static final class UseConverter implements ITypeConverter<PolicyUse> {
        @Override
        public PolicyUse convert(String text) {
            return Choices.named("use", text, PolicyUse.values());
        }
    }

    static final class UseCandidates implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(PolicyUse.values()).map(PolicyUse::toString).iterator();
        }
    }
}
