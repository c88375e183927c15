package io.atelier.inference;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where models run, as configured. */
sealed interface Device {
    Pattern CUDA = Pattern.compile("cuda:(\\d{1,2})");

    /** The processor. */
    record Cpu() implements Device {}

    /** A GPU; its absence is an error. */
    record Cuda(int index) implements Device {}

    /** The first GPU, or else the processor. */
    record Auto() implements Device {}

    static Device parse(String text) {
        Matcher cuda = CUDA.matcher(text);
        if (cuda.matches()) {
            return new Cuda(Integer.parseInt(cuda.group(1)));
        }
        return switch (text) {
            case "cpu" -> new Cpu();
            case "auto" -> new Auto();
            default -> throw new IllegalArgumentException("a device is cpu, cuda:N or auto, not " + text);
        };
    }
}
