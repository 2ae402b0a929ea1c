package io.github.kmsjca.cli;

import io.github.kmsjca.internal.handle.PairHandle;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.thirdparty.jackson.core.JsonGenerator;

/** Writes a public key for programs that do not use KMS, for example to verify signatures or to encrypt. */
@Command(
        name = "pubkey",
        description = "Write the public key in PEM, the format that OpenSSL reads.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class PubkeyCommand extends KeyCommand {
    @Mixin
    final JsonOption json = new JsonOption();

    @Override
    String text(PairHandle handle) throws IOException {
        String pem = Pem.PUBLIC_KEY.text(handle.publicKey().getEncoded());
        return json.isEnabled ? JsonText.of(document -> write(document, handle, pem)) : pem;
    }

    private static void write(JsonGenerator document, PairHandle handle, String pem) throws IOException {
        document.writeStartObject();
        document.writeStringField("keyId", handle.keyId());
        document.writeStringField("keySpec", handle.keySpec());
        JsonText.writeOptional(document, "keyUsage", handle.keyUsage());
        document.writeStringField("publicKey", pem);
        document.writeEndObject();
    }
}
