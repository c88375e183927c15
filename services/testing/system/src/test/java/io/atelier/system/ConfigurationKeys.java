package io.atelier.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The configuration keys as the sources declare them: prefix, key, default and javadoc. */
final class ConfigurationKeys {
    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern KEY = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@WithDefault\\(\"([^\"]*)\"\\)\\s*)?[\\w<>.]+ (\\w+)\\(\\);",
            Pattern.DOTALL);

    private ConfigurationKeys() {}

    /** A table row per key, as docs/reference.md must have it. */
    static List<String> documentedRows() throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Checkout.root().resolve("services"))) {
            for (Path file : files.filter(path -> path.toString().contains("src/main/java")
                            && path.toString().endsWith("Config.java"))
                    .toList()) {
                String source = Files.readString(file);
                Matcher prefix = PREFIX.matcher(source);
                if (prefix.find()) {
                    // a mapping of names to settings has its name between the prefix and the key
                    String under = prefix.group(1) + (source.contains("@WithParentName") ? ".*" : "");
                    KEY.matcher(source).results().map(key -> row(under, key)).forEach(rows::add);
                }
            }
        }
        return rows;
    }

    private static String row(String prefix, MatchResult key) {
        String name = key.group(3).replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
        String meaning = key.group(1)
                .replaceAll("\\s*\\n\\s*\\*\\s*", " ")
                .strip()
                .replaceAll("\\{@(?:code|link) #?([^}]*)}", "`$1`");
        String standard = key.group(2) == null ? "" : "`" + key.group(2) + "`";
        return "| `%s.%s` | %s | %s |".formatted(prefix, name, standard, meaning);
    }
}
