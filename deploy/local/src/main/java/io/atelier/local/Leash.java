package io.atelier.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;

/**
 * Starts the main class of a jar and stops this JVM in order when standard input ends, which happens at the latest when
 * the parent process dies, however it dies. What has not stopped by then is halted.
 */
public final class Leash {
    private static final int STOPPED = 143;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Leash() {}

    /** Takes the jar, which must be on the class path too, and its arguments. */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        hold(System.in);
        run(mainClass(args[0]), Arrays.copyOfRange(args, 1, args.length));
    }

    private static void hold(InputStream parent) {
        Thread.ofPlatform().daemon().name("leash").start(() -> {
            waitForEnd(parent);
            Thread.ofPlatform().daemon().name("leash-halt").start(Leash::haltWhenLate);
            System.exit(STOPPED);
        });
    }

    private static void waitForEnd(InputStream parent) {
        try {
            parent.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // a broken pipe is an end as well
        }
    }

    private static void haltWhenLate() {
        try {
            TimeUnit.MILLISECONDS.sleep(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(STOPPED);
    }

    private static Class<?> mainClass(String jar) throws IOException, ClassNotFoundException {
        try (JarFile file = new JarFile(jar)) {
            return Class.forName(file.getManifest().getMainAttributes().getValue("Main-Class"));
        }
    }

    private static void run(Class<?> type, String[] args) throws ReflectiveOperationException {
        Method main = type.getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e.getCause());
            System.exit(1);
        }
    }
}
