package io.github.kmsjca.cli;

import io.github.kmsjca.internal.handle.PairHandle;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that writes a text for one key. */
abstract class KeyCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final StoreOptions store = new StoreOptions();

    @Mixin
    final OutputOption output = new OutputOption();

    @Parameters(paramLabel = "KEY", description = StoreOptions.KEY)
    String key = "";

    @Override
    public final Integer call() throws GeneralSecurityException, IOException {
        requireValidOptions(Output.line(spec));
        Store opened = Store.of(store).requireNamedFileExists();
        PairHandle handle = opened.pair(opened.id(key));
        output.write(text(handle), Output.of(spec));
        return ExitStatus.SUCCESS.code();
    }

    /** Checks that the options fit together. Makes no request yet. */
    void requireValidOptions(CommandLine line) {}

    /** Returns the result of the command. */
    abstract String text(PairHandle handle) throws GeneralSecurityException, IOException;
}
