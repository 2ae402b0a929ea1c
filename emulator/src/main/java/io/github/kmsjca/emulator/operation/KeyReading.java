package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.key.Account;
import io.github.kmsjca.emulator.key.KeyFinder;
import io.github.kmsjca.emulator.key.KeyPurpose;
import io.github.kmsjca.emulator.key.KeyState;
import io.github.kmsjca.emulator.key.KmsKey;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;
import java.security.PublicKey;

/** KMS API {@code DescribeKey}, {@code GetPublicKey} and {@code ListKeys}. */
final class KeyReading {
    private static final Paging PAGING = new Paging("Keys", 100, 1000);

    private final Account account;
    private final KeyFinder finder;

    KeyReading(Account account, KeyFinder finder) {
        this.account = account;
        this.finder = finder;
    }

    Answer describe(Input input) {
        return new Answer().structure("KeyMetadata", metadata(finder.find(input.get(Members.KEY_ID), "DescribeKey")));
    }

    Answer publicKey(Input input) {
        KmsKey key = finder.find(input.get(Members.KEY_ID), "GetPublicKey");
        // a disabled key still shows its public key, unlike what the developer guide's table says
        key.requireNotPendingDeletion();
        PublicKey publicKey =
                key.material().exportablePublicKey().orElseThrow(ErrorType.UNSUPPORTED_OPERATION::withoutMessage);
        Answer answer = new Answer().text("KeyId", key.arn()).bytes("PublicKey", publicKey.getEncoded());
        return purpose(answer, key.purpose());
    }

    Answer list(Input input) {
        return PAGING.page(
                account.keys(),
                input,
                key -> new Answer().text("KeyId", key.id()).text("KeyArn", key.arn()));
    }

    static Answer metadata(KmsKey key) {
        Answer answer = new Answer()
                .text("AWSAccountId", key.arn().split(":", 6)[4])
                .text("KeyId", key.id())
                .text("Arn", key.arn())
                .time("CreationDate", key.details().created())
                .flag("Enabled", key.state() == KeyState.ENABLED)
                .text("Description", key.details().description())
                .text("KeyState", key.state().wireName())
                .text("Origin", KeyOrigin.AWS_KMS.name())
                .text("KeyManager", "CUSTOMER")
                .flag("MultiRegion", false);
        key.details().status().deletionDate().ifPresent(date -> answer.time("DeletionDate", date));
        return purpose(answer, key.purpose());
    }

    private static Answer purpose(Answer answer, KeyPurpose purpose) {
        return answer.text("KeySpec", purpose.spec().name())
                .text("CustomerMasterKeySpec", purpose.spec().name())
                .text("KeyUsage", purpose.usage().name())
                .texts(purpose.usage().algorithmsMember(), purpose.algorithms());
    }
}
