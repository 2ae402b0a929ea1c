package io.github.kmsjca.internal.client.http;

import java.io.Serial;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.HttpStatusCode;

/** A proxy answered instead of passing the request on. The message says why, and what to do. */
public final class ProxyRefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The status 407, Proxy Authentication Required (RFC 9110 §15.5.8). */
    static final int LOGIN_REQUIRED = 407;

    /** The status of the answer. */
    private final int status;

    private ProxyRefusedException(String message, int status) {
        super(message);
        this.status = status;
    }

    /**
     * Returns the exception for an answer of a proxy. Only the cause of the returned exception has the type of this
     * class, because the SDK copies its own exceptions and loses their type.
     */
    static SdkException of(int status, HttpProxy proxy) {
        return of(status, status == LOGIN_REQUIRED ? loginText(proxy) : statusText(status));
    }

    /**
     * Returns the exception for a login that Java did not send. The property that prevents the login is set in the file
     * {@code conf/net.properties} of the JDK.
     */
    static SdkException ofMissingLogin() {
        return of(
                LOGIN_REQUIRED,
                "the proxy requires a login (HTTP status 407), but Java sends none to the proxy of an https endpoint;"
                        + " to change that, start Java with -Djdk.http.auth.tunneling.disabledSchemes= (keytool and"
                        + " jarsigner: -J-Djdk.http.auth.tunneling.disabledSchemes=)");
    }

    private static SdkException of(int status, String message) {
        ProxyRefusedException refused = new ProxyRefusedException(message, status);
        return refused.isOutage()
                ? RetryableException.create(message, refused)
                : SdkClientException.create(message, refused);
    }

    private static String loginText(HttpProxy proxy) {
        return proxy.login().isEmpty()
                ? "the proxy requires a login (HTTP status 407); set it in the "
                        + proxy.source().login()
                : "the proxy refused the login (HTTP status 407); correct it in the "
                        + proxy.source().login();
    }

    private static String statusText(int status) {
        return status >= HttpStatusCode.INTERNAL_SERVER_ERROR
                ? "the proxy cannot reach the endpoint (HTTP status " + status
                        + "); check the settings endpoint and region, and the network of the proxy"
                : "the proxy does not allow connections to the endpoint (HTTP status " + status
                        + "); check the settings endpoint and region, and the rules of the proxy";
    }

    /** Returns whether the proxy accepted the request but could not reach the endpoint. */
    public boolean isOutage() {
        return status >= HttpStatusCode.INTERNAL_SERVER_ERROR;
    }
}
