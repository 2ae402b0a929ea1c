package io.github.kmsjca.internal.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkTargetsTest {
    @TempDir
    Path root;

    private Path base;

    @BeforeEach
    void folders() throws IOException {
        base = Files.createDirectories(root.resolve("base"));
        Files.createDirectories(base.resolve("sub/deep"));
        Files.createDirectories(root.resolve("other"));
        Files.writeString(base.resolve("sub/chain.pem"), "");
        Files.writeString(root.resolve("other/chain.pem"), "");
    }

    @ParameterizedTest
    @CsvSource({
        "chain.pem, true",
        "sub/chain.pem, true",
        "sub/../chain.pem, true",
        "../other/chain.pem, false",
        "sub/../../other/chain.pem, false",
        "'', true"
    })
    void staysIn_pathWithoutLinks_isTrueOnlyInsideTheFolder(String path, boolean expected) throws IOException {
        assertEquals(expected, LinkTargets.staysIn(base, base.resolve(path)));
    }

    @ParameterizedTest
    @CsvSource({
        "sub, true",
        "sub/deep/.., true",
        "./sub, true",
        "../base/sub, false",
        "../other, false",
        "sub/../../other, false"
    })
    void staysIn_link_isTrueOnlyIfNoStepOfItsTargetLeavesTheFolder(String target, boolean expected) throws IOException {
        Files.createSymbolicLink(base.resolve("link"), Path.of(target));
        assertEquals(expected, LinkTargets.staysIn(base, base.resolve("link/chain.pem")));
        Files.createSymbolicLink(base.resolve("sub/second"), Path.of("../link"));
        assertEquals(expected, LinkTargets.staysIn(base, base.resolve("sub/second/chain.pem")));
    }

    /** After a link, the operating system resolves ".." to the parent of the link's target. */
    @ParameterizedTest
    @CsvSource({"../other, false", "sub/deep, true", "../base/sub/deep, false"})
    void staysIn_parentOfALinkInThePath_isTrueOnlyIfNoStepLeavesTheFolder(String target, boolean expected)
            throws IOException {
        Files.createSymbolicLink(base.resolve("link"), Path.of(target));
        assertEquals(expected, LinkTargets.staysIn(base, base.resolve("link/../chain.pem")));
    }

    @Test
    void staysIn_pathLeavesTheFolderAndComesBack_isFalse() throws IOException {
        assertFalse(LinkTargets.staysIn(base, base.resolve("../base/sub/chain.pem")));
    }

    /** Every absolute target is refused, also one in the folder: just looking at it could call another machine. */
    @Test
    void staysIn_absoluteLink_isFalse() throws IOException {
        Files.createSymbolicLink(base.resolve("link"), base.resolve("sub").toAbsolutePath());
        assertFalse(LinkTargets.staysIn(base, base.resolve("link/chain.pem")));
    }

    @Test
    void staysIn_cyclicLinks_isFalse() throws IOException {
        Files.createSymbolicLink(base.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(base.resolve("b"), Path.of("a"));
        assertFalse(LinkTargets.staysIn(base, base.resolve("a")));
    }

    @Test
    void staysIn_baseFolderIsALink_isTrue() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("home"), base.toAbsolutePath());
        assertTrue(LinkTargets.staysIn(link, link.resolve("sub/chain.pem")));
    }

    /** On macOS, /tmp is such a link: its target is private/tmp. */
    @ParameterizedTest
    @CsvSource({"chain.pem, true", "../../other/chain.pem, false", "../sub/chain.pem, false", "deep/../chain.pem, true"
    })
    void staysIn_relativeLinkAboveTheFolder_isTrueOnlyIfNoStepLeavesTheFolder(String target, boolean expected)
            throws IOException {
        Path above = Files.createSymbolicLink(root.resolve("home"), Path.of("base"));
        Files.createSymbolicLink(base.resolve("sub/link"), Path.of(target));
        assertEquals(expected, LinkTargets.staysIn(above.resolve("sub"), above.resolve("sub/link")));
    }

    /** The operating system resolves "down/.." to the folder "sub", which is the parent of the target of "down". */
    @ParameterizedTest
    @CsvSource({"chain.pem, true", "../../other/chain.pem, false", "../sub/chain.pem, false", "deep/../chain.pem, true"
    })
    void staysIn_folderIsTheParentOfALinksTarget_isTrueOnlyIfNoStepLeavesTheFolder(String target, boolean expected)
            throws IOException {
        Path down = Files.createSymbolicLink(base.resolve("down"), Path.of("sub/deep"));
        Files.createSymbolicLink(base.resolve("sub/link"), Path.of(target));
        Path folder = down.resolve("..");
        assertEquals(expected, LinkTargets.staysIn(folder, folder.resolve("link")));
    }

    @Test
    void staysIn_pathThatDoesNotBeginWithTheFolder_isFalse() throws IOException {
        assertFalse(LinkTargets.staysIn(base, root.resolve("other/chain.pem")));
    }
}
