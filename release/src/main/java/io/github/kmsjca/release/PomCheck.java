package io.github.kmsjca.release;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A POM, and what <a href="https://central.sonatype.org/publish/requirements/">Maven Central</a> requires of it. */
final class PomCheck {
    /** The elements that each POM must have, itself or from its parent. */
    private static final List<String> INHERITABLE = List.of(
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "developers/developer/organization",
            "scm/connection",
            "scm/developerConnection",
            "scm/url");

    /** The elements that each POM must have itself. */
    private static final List<String> OWN = List.of("artifactId", "name", "description");

    private static final String MANAGED = "/project/dependencyManagement/dependencies/dependency/artifactId";

    private final XPath xpath = XPathFactory.newInstance().newXPath();
    private final String name;
    private final String text;
    private final Document document;

    /**
     * Parses a POM.
     *
     * @param name the name of the POM in the bundle
     */
    PomCheck(String name, String text) throws IOException {
        this.name = name;
        this.text = text;
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(name + " cannot be parsed: " + e.getMessage(), e);
        }
    }

    /**
     * Checks the POM.
     *
     * @param parent the parent that the POM names; null if it names none or the bundle does not have it
     */
    void check(@Nullable PomCheck parent, Findings findings) {
        for (String element : OWN) {
            findings.require(has(element), name + ": no " + element);
        }
        findings.require(!has("parent") || parent != null, name + ": the parent is not in the bundle");
        for (String element : INHERITABLE) {
            findings.require(has(element) || (parent != null && parent.has(element)), name + ": no " + element);
        }
        findings.require(!text.contains("SNAPSHOT"), name + ": names a snapshot");
    }

    /** Returns true if an element has a text: see {@link #text(String)}. */
    boolean has(String path) {
        return !text(path).isEmpty();
    }

    /** Returns the text of an element, such as {@code scm/url}, or "" if the POM itself does not have it. */
    String text(String path) {
        try {
            return xpath.evaluate("/project/" + path, document).strip();
        } catch (XPathExpressionException e) {
            throw new IllegalStateException("not an XPath expression: " + path, e);
        }
    }

    /** Returns the names of the artifacts whose versions the POM sets. */
    List<String> managed() {
        try {
            NodeList nodes = (NodeList) xpath.evaluate(MANAGED, document, XPathConstants.NODESET);
            List<String> names = new ArrayList<>();
            for (int index = 0; index < nodes.getLength(); index++) {
                names.add(nodes.item(index).getTextContent().strip());
            }
            return names;
        } catch (XPathExpressionException e) {
            throw new IllegalStateException("not an XPath expression: " + MANAGED, e);
        }
    }
}
