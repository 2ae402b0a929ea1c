package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.client.http.BrokenAnswerException;
import io.github.kmsjca.internal.client.http.RequestWatch;
import io.github.kmsjca.internal.client.http.WatchedHttpClient;
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
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Refuses answers that cannot come from KMS, but that the SDK would accept: compressed answers, answers that are too
 * long, and answers with content from operations that have no output. Also records each answer in the watch, from which
 * {@link Operation} takes the request id.
 */
final class AnswerGuard implements ExecutionInterceptor {
    /** The operations without output. The SDK ignores the content of their answers, even if it is an error. */
    private static final Set<String> WITHOUT_OUTPUT = Set.of("CreateAlias", "TagResource", "UntagResource");

    private final RequestWatch watch;

    AnswerGuard(RequestWatch watch) {
        this.watch = watch;
    }

    /**
     * Refuses compressed answers. KMS sends none, and a short one can expand until the memory is full. Closes the
     * connection of a refused answer, because older SDK versions, such as 2.31.54, do not.
     */
    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        watch.answered(context.httpResponse());
        if (context.httpResponse().firstMatchingHeader("Content-Encoding").isPresent()) {
            context.responseBody().ifPresent(AnswerGuard::abort);
            throw bad("the answer is compressed");
        }
        return context.httpResponse();
    }

    /** Limits the length of the content. Refuses content if the operation has no output. */
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

    /** Closes the connection. Closing the content would first read the rest, which may have no end. */
    private static void abort(InputStream content) {
        if (content instanceof Abortable answer) {
            answer.abort();
        }
    }

    /**
     * Returns an exception whose cause is a {@link BadAnswerException}. The SDK copies its own exceptions and loses
     * their type, but keeps the cause.
     */
    private static SdkClientException bad(String problem) {
        return SdkClientException.create(problem, new BadAnswerException(problem));
    }

    /** The content of an answer. Reading fails if the content is too long. */
    static final class Bounded extends InputStream {
        private final InputStream content;
        private int bytesLeft = WatchedHttpClient.MAX_ANSWER_LENGTH;
        private boolean isAtEnd;

        Bounded(InputStream content) {
            this.content = content;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = receive(bytes, offset, length);
            bytesLeft -= Math.max(0, read);
            if (bytesLeft < 0) {
                abort(content);
                throw bad("the answer has more than " + WatchedHttpClient.MAX_ANSWER_LENGTH + " bytes");
            }
            return read;
        }

        private int receive(byte[] bytes, int offset, int length) throws IOException {
            // a failed read is also the end, so that close does not read again
            isAtEnd = true;
            try {
                int read = content.read(bytes, offset, length);
                isAtEnd = read < 0;
                return read;
            } catch (IOException e) {
                throw new BrokenAnswerException(e);
            }
        }

        /**
         * Reads the rest up to the limit before closing, because the HTTP client's own close would read an endless
         * answer forever. Does not read after the end or after a failed read, because the SDK closes the content twice,
         * and each further read would throw an exception.
         */
        @Override
        public void close() throws IOException {
            try (content) {
                if (!isAtEnd) {
                    readRest();
                }
                if (bytesLeft < 0) {
                    abort(content);
                }
            }
        }

        private void readRest() throws IOException {
            byte[] rest = new byte[1024];
            while (!isAtEnd && bytesLeft >= 0) {
                bytesLeft -= Math.max(0, receive(rest, 0, rest.length));
            }
        }
    }
}
