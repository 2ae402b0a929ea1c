package io.github.kmsjca.spring;

import java.util.regex.Pattern;

/** Removes secrets from the URLs in texts of Spring, so that an error can show the text. */
final class UrlText {
    private static final Pattern USER_INFO = Pattern.compile("://[^/?#\\s]*@");

    /** A URL with a query. The query ends before the brackets and quotation marks that end a word. */
    private static final Pattern QUERY = Pattern.compile("(://[^?\\s]*)\\?\\S*?(?=[\"'\\])}]*(?:\\s|$))");

    private UrlText() {}

    /** Returns a text without the user names, passwords and queries of the URLs in it. */
    static String withoutSecrets(String text) {
        return QUERY.matcher(USER_INFO.matcher(text).replaceAll("://")).replaceAll("$1");
    }
}
