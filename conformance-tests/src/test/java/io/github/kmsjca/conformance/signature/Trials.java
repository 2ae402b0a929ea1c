package io.github.kmsjca.conformance.signature;

import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.LoggedRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rows and keys of one target, which several test classes share, because creating keys takes long. */
final class Trials {
    static final Target TARGET = Target.open();

    private Trials() {}

    /** Returns every row, in a usual run without most key specs ({@link Trial#forThisRun}). */
    static Stream<Trial> forThisRun() {
        return Trial.forThisRun(TARGET);
    }

    /** Returns the row with this name ({@link SignatureRow#toString}). */
    static Trial named(String name) {
        return Trial.named(TARGET, Set.of(name)).toList().get(0);
    }

    /** Returns every row whose key spec stands for all key specs that sign in the same way. */
    static Stream<Trial> representative() {
        return Trial.matching(TARGET, SignatureRow::isRepresentative);
    }

    /** Returns the emulator, with an empty log and no faults. */
    static KmsEmulator emulator() {
        return TARGET.faultFreeEmulator();
    }

    /** Returns the names of the operations in the log of an emulator, in order. */
    static List<String> operations(KmsEmulator emulator) {
        return emulator.requests().all().stream().map(LoggedRequest::operation).toList();
    }
}
