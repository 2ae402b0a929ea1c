package io.github.kmsjca.samples;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Signs files of any size with KMS keys, and verifies them. */
@Command(
        name = "sign-file",
        description = "Signs files with an AWS KMS key, and verifies them.",
        subcommands = {SignCommand.class, VerifyCommand.class, PublicKeyCommand.class},
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success, and all signatures are valid",
            "1:failure, or a signature is invalid",
            "2:wrong usage"
        })
final class SignFile {
    /** The provider's warnings about failed KMS calls. Kept here, because Java forgets the level of a lost logger. */
    private static final Logger FAILED_CALLS = Logger.getLogger("io.github.kmsjca.calls");

    private SignFile() {}

    public static void main(String[] arguments) {
        // this program prints the failures itself
        FAILED_CALLS.setLevel(Level.OFF);
        KmsProvider.install();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new SignFile())
                .setParameterExceptionHandler(SignFile::refuse)
                .setExecutionExceptionHandler(SignFile::fail);
    }

    static PrintWriter out(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("this command needs a command line");
        }
        return spec.commandLine().getOut();
    }

    private static int refuse(ParameterException problem, String[] arguments) {
        problem.getCommandLine().getErr().println("sign-file: " + problem.getMessage());
        return ExitCode.USAGE;
    }

    private static int fail(Exception problem, CommandLine line, CommandLine.ParseResult arguments) throws Exception {
        if (problem instanceof GeneralSecurityException
                || problem instanceof ProviderException
                || problem instanceof IOException) {
            line.getErr().println("sign-file: " + text(problem));
            return problem instanceof SettingsException ? ExitCode.USAGE : ExitCode.SOFTWARE;
        }
        throw problem;
    }

    private static @Nullable String text(Exception problem) {
        if (problem instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        return problem instanceof FileSystemException file
                ? "cannot use file " + file.getFile() + (file.getReason() == null ? "" : ": " + file.getReason())
                : problem.getMessage();
    }
}
