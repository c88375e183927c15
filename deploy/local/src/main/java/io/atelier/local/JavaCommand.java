package io.atelier.local;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * A jar to be run in a JVM of its own, which ends when this one does (see {@link Leash}).
 *
 * @param jar the jar; its manifest names main class and class path
 * @param options options of the JVM, system properties among them
 * @param arguments arguments of its main
 * @param environment variables beside those of this process
 */
public record JavaCommand(Path jar, List<String> options, List<String> arguments, Map<String, String> environment) {
    /** The system property with the jar of {@link Leash}, when it is not to be taken from this process's own classes. */
    public static final String LEASH = "atelier.app.leash";

    public static JavaCommand of(Path jar, List<String> options) {
        return new JavaCommand(jar, options, List.of(), Map.of());
    }

    public JavaCommand withArguments(List<String> more) {
        return new JavaCommand(jar, options, more, environment);
    }

    public JavaCommand withEnvironment(Map<String, String> more) {
        return new JavaCommand(jar, options, arguments, more);
    }

    /** Throws a LocalException that says what to do when a program is not there, as after its target folder was deleted. */
    static void require(Path program) {
        if (!Files.exists(program)) {
            throw new LocalException("The program " + program
                    + " is not there. Run the command again through ./atelier, which builds what is missing.");
        }
    }

    /**
     * The process, not started. Its standard input must stay open as long as it shall live. Throws a LocalException when
     * a jar is missing.
     */
    public ProcessBuilder process() {
        require(jar);
        require(leash());
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("--enable-native-access=ALL-UNNAMED");
        line.add("--sun-misc-unsafe-memory-access=allow"); // Netty 4.1 would print a warning
        line.addAll(openPackages());
        line.addAll(options);
        line.add("-cp");
        line.add(leash() + System.getProperty("path.separator") + jar);
        line.add(Leash.class.getName());
        line.add(jar.toString());
        line.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(line);
        process.environment().putAll(environment);
        return process;
    }

    /** What the jar's manifest would open if it were run with {@code -jar}. */
    private List<String> openPackages() {
        try (JarFile file = new JarFile(jar.toFile())) {
            Attributes manifest = file.getManifest().getMainAttributes();
            List<String> opened = new ArrayList<>();
            for (String name : List.of("Add-Opens", "Add-Exports")) {
                String packages = manifest.getValue(name);
                for (String one :
                        packages == null ? new String[0] : packages.trim().split("\\s+")) {
                    opened.add("--" + name.toLowerCase(Locale.ROOT) + "=" + one + "=ALL-UNNAMED");
                }
            }
            return opened;
        } catch (IOException e) {
            throw new LocalException("The program " + jar + " cannot be read.", e);
        }
    }

    /** Where {@link Leash} lies. A start cache holds for one class path only, so all who start a service name the same. */
    public static Path leash() {
        String named = System.getProperty(LEASH);
        if (named != null) {
            return Path.of(named);
        }
        try {
            return Path.of(Leash.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
