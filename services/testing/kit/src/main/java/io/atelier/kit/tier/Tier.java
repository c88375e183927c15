package io.atelier.kit.tier;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a test may need beside a JDK. */
public enum Tier {
    CONTAINERS("a running Docker engine", List.of("docker")) {
        @Override
        boolean isHere() {
            return super.isHere() && Tool.answers("docker", "info");
        }
    },
    BROWSER("apt-get install chromium", List.of("chromium", "chromium-browser", "google-chrome")),
    PROMETHEUS("apt-get install prometheus", List.of("prometheus")),
    KCAT("apt-get install kcat", List.of("kcat", "kafkacat"));

    private final String remedy;
    private final List<String> programs;

    Tier(String remedy, List<String> programs) {
        this.remedy = remedy;
        this.programs = programs;
    }

    /** How ATELIER_REQUIRE names it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    String remedy() {
        return remedy;
    }

    /** Whether one of its programs is on the PATH and works. */
    boolean isHere() {
        return programs.stream().anyMatch(Tier::isOnPath);
    }

    /** Whether its absence is a failure. */
    boolean isRequired(String atelierRequire) {
        return Arrays.asList(atelierRequire.split("[,\\s]+")).contains(id());
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
