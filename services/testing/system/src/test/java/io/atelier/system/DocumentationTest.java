package io.atelier.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.kernel.ErrorCode;
import io.atelier.local.Topic;
import io.atelier.local.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say is what the code does. */
class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern SHELL_BLOCK = Pattern.compile("(?s)```sh\\n(.*?)```");
    private static final Pattern TEST_NAME = Pattern.compile("`(\\w+Test)#(\\w+)`");

    @Test
    void referenceListsEveryErrorAsTheCodeHasIt() {
        List<String> documented = rows("Errors");
        List<String> actual = Arrays.stream(ErrorCode.values())
                .map(code -> "| `%s` | %s | %s |".formatted(code.id(), code.status(), code.meaning()))
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(actual);
    }

    @Test
    void referenceListsEveryTopicAsItIsMade() {
        List<String> documented = rows("Topics");
        List<String> actual = Topics.of(Topics.KINDS).stream()
                .map(DocumentationTest::topicRow)
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(actual);
    }

    private static String topicRow(Topic topic) {
        String settings = topic.settings().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(", "));
        return "| `%s` | %d | %s |".formatted(topic.name(), topic.partitions(), settings);
    }

    @Test
    void referenceListsEveryConfigurationKeyWithItsDefaultAndMeaning() throws IOException {
        List<String> documented = rows("Configuration");
        assertThat(documented).containsExactlyInAnyOrderElementsOf(ConfigurationKeys.documentedRows());
    }

    @Test
    void everyPromiseNamesTestsThatExist() throws IOException {
        String promises = Checkout.read("docs/promises.md");
        for (int number = 1; number <= 11; number++) {
            assertThat(promises).contains("## P" + number + " ");
        }
        Set<String> sources = testSources();
        List<MatchResult> named = TEST_NAME.matcher(promises).results().toList();
        assertThat(named).isNotEmpty();
        for (MatchResult test : named) {
            assertThat(sources).as("promises.md names %s", test.group()).contains(test.group(1) + "#" + test.group(2));
        }
    }

    @Test
    void bothReadmesGiveTheSameCommands() {
        assertThat(blocks("README.zh-CN.md")).isEqualTo(blocks("README.md"));
        assertThat(indentedCommands("README.zh-CN.md")).isEqualTo(indentedCommands("README.md"));
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        try (Stream<Path> files = Files.walk(Checkout.root().resolve("docs"))) {
            List<Path> documents = Stream.concat(
                            files.filter(file -> file.toString().endsWith(".md")),
                            Stream.of("README.md", "README.zh-CN.md", "CONTRIBUTING.md")
                                    .map(Checkout.root()::resolve))
                    .toList();
            for (Path document : documents) {
                for (MatchResult link :
                        LINK.matcher(Files.readString(document)).results().toList()) {
                    assertThat(document.resolveSibling(link.group(1)))
                            .as("link in %s", document)
                            .exists();
                }
            }
        }
    }

    /** The table rows of a section of the reference whose first cell is code. */
    static List<String> rows(String section) {
        String reference = Checkout.read("docs/reference.md");
        int begin = reference.indexOf("## " + section + "\n");
        assertThat(begin).as("section %s", section).isNotNegative();
        int end = reference.indexOf("\n## ", begin);
        return reference
                .substring(begin, end < 0 ? reference.length() : end)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();
    }

    private static List<String> blocks(String readme) {
        return SHELL_BLOCK
                .matcher(Checkout.read(readme))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** Commands in indented blocks, without the comments, which are translated. */
    private static List<String> indentedCommands(String readme) {
        return Checkout.read(readme)
                .lines()
                .filter(line -> line.startsWith("    ./atelier"))
                .map(line -> line.replaceFirst("\\s+#.*", "").strip())
                .toList();
    }

    private static Set<String> testSources() throws IOException {
        Pattern method = Pattern.compile("void (\\w+)\\(");
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Checkout.root())) {
            for (Path file : files.filter(path -> path.toString().contains("/src/"))
                    .filter(path -> path.getFileName().toString().endsWith("Test.java"))
                    .toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                method.matcher(Files.readString(file))
                        .results()
                        .forEach(match -> found.add(name + "#" + match.group(1)));
            }
        }
        return found;
    }
}
