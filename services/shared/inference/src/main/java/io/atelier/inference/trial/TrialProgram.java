package io.atelier.inference.trial;

import ai.onnxruntime.OrtEnvironment;
import io.atelier.inference.NotServable;
import io.atelier.inference.Rows;
import io.atelier.inference.TrialSession;
import io.atelier.kernel.Problem;
import io.atelier.kernel.Seeds;
import io.atelier.models.ModelManifest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The child of a {@link Trial}: takes the graph's path and a number of threads, and its shots from standard input. */
public final class TrialProgram {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private TrialProgram() {}

    /** Ends with 0 when it could tell, whatever it had to tell. */
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<Shot> shots = shots(in);
        dieWithParent(in);
        try (TrialSession session = TrialSession.open(Path.of(args[0]), Integer.parseInt(args[1]))) {
            for (Shot shot : shots) {
                fire(session, shot, shot.equals(shots.getFirst()));
            }
            say(Lines.DONE);
        } catch (NotServable e) {
            say(Lines.REFUSED, Lines.plain(String.valueOf(e.getMessage()).replace(args[0], "the graph")));
        }
        Runtime.getRuntime().halt(0); // nothing is left to be put in order
    }

    /** What it must have on its class path: the places of this code, of ONNX Runtime and of what this uses. */
    static Set<Path> classPath() {
        Set<Path> places = new LinkedHashSet<>();
        for (Class<?> used : List.of(TrialProgram.class, OrtEnvironment.class, Problem.class, ModelManifest.class)) {
            CodeSource source = used.getProtectionDomain().getCodeSource();
            try {
                places.add(Path.of(source.getLocation().toURI()));
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
        return places;
    }

    private static List<Shot> shots(BufferedReader in) throws IOException {
        List<String> names = new ArrayList<>();
        List<List<Feed>> feeds = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.equals(Lines.GO); line = in.readLine()) {
            String[] fields = line.split("\t", -1);
            if (fields[0].equals(Lines.SHOT)) {
                names.add(fields[1]);
                feeds.add(new ArrayList<>());
            } else {
                feeds.getLast()
                        .add(new Feed(
                                fields[1],
                                Boolean.parseBoolean(fields[2]),
                                Lines.shape(fields[3]),
                                Double.parseDouble(fields[4]),
                                Double.parseDouble(fields[5])));
            }
        }
        List<Shot> shots = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            shots.add(new Shot(names.get(i), feeds.get(i)));
        }
        return shots;
    }

    private static void dieWithParent(BufferedReader in) {
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            try {
                while (in.read() >= 0) {
                    continue;
                }
            } catch (IOException e) {
                // a broken pipe is an end as well
            }
            Runtime.getRuntime().halt(1);
        });
    }

    private static void fire(TrialSession session, Shot shot, boolean twice) {
        try {
            Map<String, Rows> inputs = new HashMap<>();
            shot.feeds().forEach(feed -> inputs.put(feed.input(), rows(feed)));
            Map<String, Rows> outputs = session.run(inputs);
            boolean steady = !twice || isSame(outputs, session.run(inputs));
            say(Lines.RAN);
            outputs.forEach(TrialProgram::tell);
            if (twice) {
                say(Lines.STEADY, steady);
            }
        } catch (NotServable e) {
            say(Lines.FAILED, Lines.plain(String.valueOf(e.getMessage())));
        }
    }

    private static Rows rows(Feed feed) {
        long[] row = feed.shape().stream().skip(1).mapToLong(Long::longValue).toArray();
        int count = Math.toIntExact(feed.shape().getFirst());
        int size = Math.toIntExact(feed.shape().stream().reduce(1L, Math::multiplyExact));
        if (feed.whole()) {
            long[] values = new long[size];
            Arrays.fill(values, (long) feed.high());
            return new Rows.Longs(count, row, values);
        }
        float[] values = Seeds.gaussians(1, size);
        for (int i = 0; i < size; i++) {
            double part = 1 / (1 + Math.exp(-1.7 * values[i])); // evenly spread, nearly
            values[i] = (float) (feed.low() + part * (feed.high() - feed.low()));
        }
        return new Rows.Floats(count, row, values);
    }

    private static boolean isSame(Map<String, Rows> first, Map<String, Rows> second) {
        return first.entrySet().stream().allMatch(one -> switch (one.getValue()) {
            case Rows.Floats floats ->
                second.get(one.getKey()) instanceof Rows.Floats other && Arrays.equals(floats.values(), other.values());
            case Rows.Longs longs ->
                second.get(one.getKey()) instanceof Rows.Longs other && Arrays.equals(longs.values(), other.values());
        });
    }

    private static void tell(String name, Rows rows) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double sum = 0;
        boolean finite = true;
        int size = rows instanceof Rows.Floats floats ? floats.values().length : ((Rows.Longs) rows).values().length;
        for (int i = 0; i < size; i++) {
            double value = rows instanceof Rows.Floats floats ? floats.values()[i] : ((Rows.Longs) rows).values()[i];
            low = Math.min(low, value);
            high = Math.max(high, value);
            sum += value;
            finite &= Double.isFinite(value);
        }
        List<Long> shape = new ArrayList<>(List.of((long) rows.count()));
        Arrays.stream(rows.rowShape()).forEach(shape::add);
        say(Lines.SEEN, name, rows instanceof Rows.Floats, Lines.shape(shape), low, high, sum, finite);
    }

    private static void say(Object... fields) {
        OUT.println(Lines.CHILD + "\t" + Lines.line(fields));
    }
}
