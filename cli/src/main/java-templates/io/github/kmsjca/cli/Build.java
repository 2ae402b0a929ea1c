package io.github.kmsjca.cli;

/** Facts about the build. Maven replaces the variables. */
final class Build {
    /**
     * The abbreviated hash of the commit that was built; {@code unknown} if the sources have no readable {@code .git}
     * folder, as in a linked worktree.
     */
    static final String COMMIT = "${git.commit.id.abbrev}";

    /** The version of the AWS SDK in the one-file jar. */
    static final String AWS_SDK = "${aws.version}";

    private Build() {}
}
