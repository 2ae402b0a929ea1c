package io.github.kmsjca.cli;

import io.github.kmsjca.internal.config.KeyId;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
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
import picocli.CommandLine.TypeConversionException;

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
            defaultValue = "sign",
            converter = UseConverter.class,
            completionCandidates = UseCandidates.class,
            description =
                    "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}. 'sign' is for keys in a keystore file, 'name'"
                            + " for signing with other keys, 'check' for the command check. docs/iam.md describes all"
                            + " uses.")
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
            description = {StoreOptions.KEY, "Asks KMS for the ARN, except if KEY is a key ARN."})
    List<String> keys = new ArrayList<>();

    @Override
    public Integer call() throws GeneralSecurityException, IOException {
        SortedSet<String> ofKeys = actions(PolicyUse::forGivenKeys);
        if (keys.isEmpty() != ofKeys.isEmpty()) {
            String option = "--for " + uses.stream().map(PolicyUse::toString).collect(Collectors.joining(","));
            throw new ParameterException(
                    Output.line(spec),
                    option + (keys.isEmpty() ? " needs at least one KEY" : " does not accept a KEY"));
        }
        List<KeyId> arns = new ArrayList<>();
        if (!keys.isEmpty()) {
            Store opened = Store.of(store).requireNamedFileExists();
            for (String key : keys) {
                arns.add(arn(opened, key));
            }
        }
        IamPolicy policy = new IamPolicy();
        policy.allow(actions(PolicyUse::forAllResources));
        policy.allow(ofKeys, arns);
        output.write(policy.toString(), Output.of(spec));
        return ExitStatus.SUCCESS.code();
    }

    private SortedSet<String> actions(Function<PolicyUse, List<String>> part) {
        return uses.stream().flatMap(use -> part.apply(use).stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static KeyId arn(Store store, String key) throws KeyStoreException {
        KeyId id = store.id(key);
        return id.isKeyArn()
                ? id
                : KeyId.parse(store.session().keys().handle(id).keyId());
    }

    static final class UseConverter implements ITypeConverter<PolicyUse> {
        @Override
        public PolicyUse convert(String text) {
            try {
                return PolicyUse.named(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "unknown use '" + text + "'; choose from " + Arrays.toString(PolicyUse.values()));
            }
        }
    }

    static final class UseCandidates implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(PolicyUse.values()).map(PolicyUse::toString).iterator();
        }
    }
}
