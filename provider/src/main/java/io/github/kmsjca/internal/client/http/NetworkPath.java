package io.github.kmsjca.internal.client.http;

import java.net.URI;
import java.util.Optional;

/**
 * The path of requests through the network.
 *
 * @param endpoint the URL of the endpoint
 * @param proxy the proxy; empty if there is none, or if the HTTP client finds its proxy itself
 */
public record NetworkPath(URI endpoint, Optional<HttpProxy> proxy) {
    /** Returns whether the endpoint uses TLS. */
    public boolean isSecure() {
        return "https".equalsIgnoreCase(endpoint.getScheme());
    }

    /** Returns scheme, host and port of the endpoint, without user and password. */
    public String address() {
        String authority = String.valueOf(endpoint.getRawAuthority());
        return endpoint.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1);
    }
}
