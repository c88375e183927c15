package io.atelier.kit;

/** The program the kit's own tests run as a child. */
public final class Sleeper {
    private Sleeper() {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length > 0) {
            throw new IllegalArgumentException("cannot sleep");
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("good night")));
        System.out.println("awake");
        Thread.currentThread().join();
    }
}
