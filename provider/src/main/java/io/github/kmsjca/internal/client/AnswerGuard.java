package io.github.kmsjca.internal.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Refuses answers that the SDK would accept although they cannot come from KMS: answers of any length, and content in
 * the answers of operations that have none.
 */
final class AnswerGuard implements ExecutionInterceptor {
    /** The longest real answer, one page of aliases, is twenty times shorter. */
    private static final int LONGEST = 1 << 20;

    /** The operations without output. The SDK ignores the content of their answers, even if it is an error. */
    private static final Set<String> WITHOUT_OUTPUT = Set.of("CreateAlias", "TagResource", "UntagResource");

    /** Refuses compressed answers. KMS sends none, and a short one can expand to more than the memory. */
    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        if (context.httpResponse().firstMatchingHeader("Content-Encoding").isPresent()) {
            throw bad("the answer is compressed");
        }
        return context.httpResponse();
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        Optional<InputStream> content = context.responseBody().map(Bounded::new);
        String operation = String.valueOf(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
        if (context.httpResponse().isSuccessful() && WITHOUT_OUTPUT.contains(operation)) {
            content.ifPresent(stream -> requireEmpty(operation, stream));
            return Optional.of(InputStream.nullInputStream());
        }
        return content;
    }

    private static void requireEmpty(String operation, InputStream content) {
        try (content) {
            String text = new String(content.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!text.isEmpty() && !text.equals("{}")) {
                throw bad("the answer has content, but " + operation + " has no output");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns an exception for an answer. The SDK copies its own exceptions and loses their type, but keeps the cause. */
    private static SdkClientException bad(String problem) {
        return SdkClientException.create(problem, new BadAnswerException(problem));
    }

    /** The content of an answer, which fails if it is too long. */
    private static final class Bounded extends InputStream {
        private final InputStream content;
        private int left = LONGEST;

        Bounded(InputStream content) {
            this.content = content;
        }

        @Override
        public int read() throws IOException {
            int value = content.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = content.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw bad("the answer has more than " + LONGEST + " bytes");
            }
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }
}
