package io.atelier.learn.engine;

/** Engines for tests: one thread, float32, so that results do not depend on the machine's cores. */
public final class TestEngines {
    private static final Engine CPU = Engine.start(new EngineOptions("cpu", 1, "float32"));

    private TestEngines() {}

    public static Engine cpu() {
        return CPU;
    }
}
