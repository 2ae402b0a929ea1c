package io.github.kmsjca.cli;

/** The colors of the output, by meaning: SGR parameters of ECMA-48. */
enum Style {
    PLAIN(""),
    HEADING("1"),
    GOOD("32"),
    DOUBTFUL("33"),
    BAD("1;31");

    private static final String ESCAPE = "\033[";

    private final String parameters;

    Style(String parameters) {
        this.parameters = parameters;
    }

    /** Returns the text in this style, if colors are wanted. */
    String of(String text, boolean isColored) {
        return isColored && this != PLAIN ? ESCAPE + parameters + "m" + text + ESCAPE + "0m" : text;
    }
}
