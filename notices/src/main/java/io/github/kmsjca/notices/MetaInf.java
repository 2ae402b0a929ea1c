package io.github.kmsjca.notices;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The files about licenses and components below {@code META-INF} of a jar, and their content. */
final class MetaInf {
    private final Path license;
    private final Path notice;
    private final String jarName;

    /**
     * Describes a jar.
     *
     * @param license the license of kms-jca
     * @param notice the notice of kms-jca
     * @param jarName the name of the jar in a Maven repository, without ".jar"
     */
    MetaInf(Path license, Path notice, String jarName) {
        this.license = license;
        this.notice = notice;
        this.jarName = jarName;
    }

    /** Returns the files for a jar that contains only code of kms-jca. The components are the libraries it needs. */
    SortedMap<String, byte[]> library(ComponentList components) throws IOException {
        String intro = components.lines().isEmpty()
                ? "This jar contains no third-party software and needs none.\n"
                : "This jar contains no third-party software. Programs that use it also need these components:\n\n";
        String table = table(components, "| Component | Version | License |\n|---|---|---|\n", line -> "");
        SortedMap<String, byte[]> files =
                files(components, intro + (components.lines().isEmpty() ? "" : table));
        files.put("META-INF/NOTICE", Files.readAllBytes(notice));
        return files;
    }

    /** Returns the files for a jar that contains other components. */
    SortedMap<String, byte[]> program(ComponentList components, LicenseTexts texts) throws IOException {
        String intro = "This jar contains these components, completely or in part. Their licenses and notices are below"
                + " `META-INF`.\n\n";
        String table = table(
                components,
                "| Component | Version | License | Texts |\n|---|---|---|---|\n",
                line -> " " + texts(line, texts) + " |");
        SortedMap<String, byte[]> files = files(components, intro + table);
        files.put("META-INF/NOTICE", notices(texts));
        files.putAll(texts.files());
        return files;
    }

    /** Returns the texts of a component, as paths below META-INF. Components of kms-jca share our own texts. */
    private static String texts(ComponentList.Line line, LicenseTexts texts) {
        return texts.paths(line.key()).isEmpty()
                ? "LICENSE, NOTICE"
                : texts.paths(line.key()).stream()
                        .map(path -> path.substring("META-INF/".length()))
                        .collect(Collectors.joining(", "));
    }

    private SortedMap<String, byte[]> files(ComponentList components, String thirdParty) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        String page = "# Components of " + jarName + ".jar\n\n" + thirdParty;
        files.put("META-INF/LICENSE", Files.readAllBytes(license));
        files.put("META-INF/THIRD-PARTY.md", page.getBytes(StandardCharsets.UTF_8));
        files.put("META-INF/sbom/" + jarName + ".cdx.json", components.toBytes());
        return files;
    }

    private static String table(ComponentList components, String head, Function<ComponentList.Line, String> moreCells) {
        return head
                + components.lines().stream()
                        .map(line -> "| " + line.key() + " | " + line.version() + " | " + line.license() + " |"
                                + moreCells.apply(line) + "\n")
                        .collect(Collectors.joining());
    }

    /** Returns our notice, and then those of the components, as section 4(d) of the Apache license requires. */
    private byte[] notices(LicenseTexts texts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(Files.readAllBytes(notice));
        List<byte[]> written = new ArrayList<>();
        for (Map.Entry<String, byte[]> text : texts.files().entrySet()) {
            if (LicenseTexts.isNotice(text.getKey())
                    && written.stream().noneMatch(other -> Arrays.equals(other, text.getValue()))) {
                written.add(text.getValue());
                String title = text.getKey().substring("META-INF/".length());
                all.write(("\n== " + title + "\n\n").getBytes(StandardCharsets.UTF_8));
                all.write(text.getValue());
            }
        }
        return all.toByteArray();
    }
}
