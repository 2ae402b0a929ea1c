package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.Account;
import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;
import java.security.PublicKey;

/** KMS API {@code DescribeKey}, {@code GetPublicKey} and {@code ListKeys}. */
final class KeyQueries {
    private static final Paging PAGING = new Paging("Keys", 100, 1000);

    private final Account account;
    private final KeyFinder finder;
    private final KeyMetadata metadata;

    KeyQueries(Account account, KeyFinder finder, KeyMetadata metadata) {
        this.account = account;
        this.finder = finder;
        this.metadata = metadata;
    }

    Answer describe(Input input) {
        return new Answer()
                .structure("KeyMetadata", metadata.of(finder.find(input.get(Members.KEY_ID), "DescribeKey")));
    }

    Answer publicKey(Input input) {
        KmsKey key = finder.find(input.get(Members.KEY_ID), "GetPublicKey");
        // KMS returns the public key of a disabled key, although the key-state table in the Developer Guide says
        // otherwise
        key.requireEnabledOrDisabled();
        PublicKey publicKey =
                key.material().exportablePublicKey().orElseThrow(ErrorType.UNSUPPORTED_OPERATION::withoutMessage);
        Answer answer = new Answer().text("KeyId", key.arn()).bytes("PublicKey", publicKey.getEncoded());
        return KeyMetadata.addPurpose(answer, key.purpose());
    }

    Answer list(Input input) {
        return PAGING.page(
                account.keys(),
                input,
                key -> new Answer().text("KeyId", key.id()).text("KeyArn", key.arn()));
    }
}
