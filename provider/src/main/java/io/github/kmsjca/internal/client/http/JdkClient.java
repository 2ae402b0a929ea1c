package io.github.kmsjca.internal.client.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * The JDK's HTTP client ({@link HttpURLConnection}), for keytool, jarsigner and programs without Apache HttpClient 5.
 * Nothing can abort its requests while it reads the content of an answer, so each request with its whole answer runs in
 * another thread. Thread-safe.
 */
final class JdkClient implements SdkHttpClient {
    /** The JDK's text for the answer of a proxy that refuses a tunnel. */
    private static final Pattern REFUSAL =
            Pattern.compile("Unable to tunnel through proxy\\. Proxy returns \"HTTP/[0-9.]+ ([0-9]{3})");

    private static final Duration ABORT_INTERVAL = Duration.ofMillis(50);

    private final SdkHttpClient client;
    private final ClientPurpose purpose;
    private final Optional<ProxyLogin> login;
    private final IdleConnections idle = new IdleConnections();

    JdkClient(ClientPurpose purpose) {
        this.client = UrlConnectionHttpClient.create(this::connection);
        this.purpose = purpose;
        this.login = purpose.path().proxy().flatMap(HttpProxy::login).map(ProxyLogin::new);
    }

    private HttpURLConnection connection(URI url) {
        try {
            HttpURLConnection connection = (HttpURLConnection) url.toURL()
                    .openConnection(purpose.path().proxy().map(JdkClient::toJdk).orElse(Proxy.NO_PROXY));
            connection.setConnectTimeout(millis(purpose.connectTimeout().toMillis()));
            connection.setReadTimeout(millis(purpose.requestTimeout().toMillis()));
            login.ifPresent(present -> present.addTo(connection));
            return connection;
        } catch (IOException e) {
            throw SdkClientException.create("the endpoint is not an HTTP URL", e);
        }
    }

    /** Returns a time limit in milliseconds that the JDK accepts: an int of at least 1, because 0 means no limit. */
    private static int millis(long limit) {
        return (int) Math.max(1, Math.min(limit, Integer.MAX_VALUE));
    }

    private static Proxy toJdk(HttpProxy proxy) {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port()));
    }

    /**
     * Logs in to the proxy. Sends the login only once in each exchange, because Java would repeat a refused login 20
     * times. The SDK's own configuration is not used, because it would send the password to the endpoint, too.
     */
    private static final class ProxyLogin extends Authenticator {
        private final HttpProxy.Login login;

        /** The threads that have logged in during their exchange. */
        private final Set<Thread> loggedIn = ConcurrentHashMap.newKeySet();

        ProxyLogin(HttpProxy.Login login) {
            this.login = login;
        }

        /**
         * Adds the login to a request. If the proxy asks for a login to open a tunnel, Java sends it. For a request
         * without a tunnel, Java cannot send the login on demand, because the SDK streams the content.
         */
        void addTo(HttpURLConnection connection) {
            connection.setAuthenticator(this);
            if (!(connection instanceof HttpsURLConnection)) {
                byte[] basic = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
                connection.setRequestProperty(
                        "Proxy-Authorization", "Basic " + Base64.getEncoder().encodeToString(basic));
            }
        }

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY && loggedIn.add(Thread.currentThread())
                    ? new PasswordAuthentication(login.user(), login.password().toCharArray())
                    : null;
        }

        boolean hasLoggedIn() {
            return loggedIn.contains(Thread.currentThread());
        }

        void endExchange() {
            loggedIn.remove(Thread.currentThread());
        }
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Exchange(client.prepareRequest(request));
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
        idle.close();
    }

    /** One request and its answer. */
    private final class Exchange implements ExecutableHttpRequest {
        private final ExecutableHttpRequest request;
        private final FutureTask<HttpExecuteResponse> answer = new FutureTask<>(this::exchangeUnlessAborted);
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean started;
        private volatile boolean aborted;

        Exchange(ExecutableHttpRequest request) {
            this.request = request;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            try {
                purpose.background().start(answer);
                return purpose.background().await("the request", answer);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
            } catch (TimeoutException e) {
                throw ApiCallAttemptTimeoutException.create(e.getMessage(), e);
            } catch (AbortedException e) {
                abort();
                throw e;
            }
        }

        private HttpExecuteResponse exchangeUnlessAborted() throws IOException {
            started = true;
            try {
                if (aborted) {
                    throw new IOException("the request was aborted");
                }
                return exchange();
            } finally {
                ended.countDown();
            }
        }

        private HttpExecuteResponse exchange() throws IOException {
            Optional<HttpProxy> proxy = purpose.path().proxy();
            HttpExecuteResponse response = proxy.isEmpty() ? request.call() : requirePassedOn(proxy.get());
            Optional<AbortableInputStream> body = response.responseBody();
            if (body.isEmpty()) {
                return response;
            }
            try {
                // one byte more than allowed, so that AnswerGuard refuses an answer that is too long
                byte[] bytes = body.get().readNBytes(ClientPurpose.MAX_ANSWER_LENGTH + 1);
                if (bytes.length > ClientPurpose.MAX_ANSWER_LENGTH) {
                    request.abort();
                } else {
                    idle.add(request);
                }
                return HttpExecuteResponse.builder()
                        .response(response.httpResponse())
                        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
                        .build();
            } catch (IOException e) {
                request.abort();
                throw new BrokenAnswerException(e);
            }
        }

        /** Sends the request. Throws an exception if the proxy refuses to pass the request on. */
        private HttpExecuteResponse requirePassedOn(HttpProxy proxy) throws IOException {
            try {
                HttpExecuteResponse response = request.call();
                if (response.httpResponse().statusCode() == ProxyRefusedException.LOGIN_REQUIRED) {
                    request.abort();
                    throw ProxyRefusedException.of(ProxyRefusedException.LOGIN_REQUIRED, proxy);
                }
                return response;
            } catch (IOException e) {
                Matcher refusal = REFUSAL.matcher(String.valueOf(e.getMessage()));
                if (!refusal.find()) {
                    throw e;
                }
                int status = Integer.parseInt(refusal.group(1));
                boolean isLoginMissing = status == ProxyRefusedException.LOGIN_REQUIRED
                        && login.isPresent()
                        && !login.get().hasLoggedIn();
                throw isLoginMissing ? ProxyRefusedException.ofMissingLogin() : ProxyRefusedException.of(status, proxy);
            } catch (NoSuchElementException | NumberFormatException e) {
                // Java throws these if the first line of the proxy's answer contains no status
                throw new IOException("the answer of the proxy is not HTTP", e);
            } finally {
                login.ifPresent(ProxyLogin::endExchange);
            }
        }

        /**
         * Ends the wait in {@link #call} at once. Another thread aborts the request itself, because the abort may have
         * to wait for the end of a read.
         */
        @Override
        public void abort() {
            aborted = true;
            answer.cancel(false);
            if (started) {
                purpose.background().run(this::abortUntilEnded);
            }
        }

        /**
         * Aborts the request again and again until the exchange ends. If a request is aborted before it waits for the
         * answer, Java connects again.
         */
        private void abortUntilEnded() {
            try {
                do {
                    request.abort();
                } while (!ended.await(ABORT_INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
