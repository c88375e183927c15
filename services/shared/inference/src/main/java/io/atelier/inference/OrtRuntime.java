package io.atelier.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;

/**
 * ONNX Runtime in this process: its environment, the device, and options that every session gets.
 *
 * <p>The environment is one for the process, and so is its thread pool: the first runtime decides how many threads it has;
 * one that wants another number gives each of its sessions threads of their own.
 */
final class OrtRuntime {
    private static final System.Logger LOG = System.getLogger(OrtRuntime.class.getName());
    /** Errors are thrown as well, and each cancelled run would be one. */
    private static final OrtLoggingLevel LOGGED = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;

    private static final Object ONCE = new Object();
    private static int pooledThreads;

    private final OrtEnvironment environment;
    private final int threads;
    private final boolean pooled;
    private final int gpu;
    private final String deviceClass;

    private OrtRuntime(OrtEnvironment environment, int threads, boolean pooled, int gpu) {
        this.environment = environment;
        this.threads = threads;
        this.pooled = pooled;
        this.gpu = gpu;
        String where = gpu < 0 ? "cpu/" + Hardware.processor() : "cuda/" + Hardware.gpu(gpu);
        this.deviceClass = where + "/onnxruntime-" + environment.getVersion() + "/threads-" + threads;
    }

    /**
     * Opens the runtime on a device.
     *
     * @throws IllegalStateException when the device was named and is not there
     */
    static OrtRuntime open(Device device, int threads) {
        CommandLineLimit.require();
        synchronized (ONCE) {
            if (pooledThreads == 0) {
                pin(create(threads));
                pooledThreads = threads;
            }
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        boolean pooled = pooledThreads == threads;
        return switch (device) {
            case Device.Cpu() -> new OrtRuntime(environment, threads, pooled, -1);
            case Device.Cuda(int index) -> {
                String missing = missing(index);
                if (!missing.isEmpty()) {
                    throw new IllegalStateException("The configured device cuda:" + index + " is not there: " + missing
                            + " Configure cpu, or auto to use a GPU only where there is one.");
                }
                yield new OrtRuntime(environment, threads, pooled, index);
            }
            case Device.Auto() -> {
                String missing = missing(0);
                if (!missing.isEmpty()) {
                    LOG.log(System.Logger.Level.INFO, "device auto: running on the processor, for {0}", missing);
                }
                yield new OrtRuntime(environment, threads, pooled, missing.isEmpty() ? 0 : -1);
            }
        };
    }

    private static OrtEnvironment create(int threads) {
        try (OrtEnvironment.ThreadingOptions options = new OrtEnvironment.ThreadingOptions()) {
            options.setGlobalIntraOpNumThreads(threads);
            options.setGlobalInterOpNumThreads(1);
            // a run hands work over at every operation: waking a sleeping thread each time costs a tenth of the run
            options.setGlobalSpinControl(true);
            return OrtEnvironment.getEnvironment(LOGGED, "atelier", options);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot be started", e);
        }
    }

    /**
     * Keeps the native environment alive until the process ends. The Java API's own shutdown hook releases it as soon as
     * a SIGTERM comes, beside the hooks that still drain requests and wait for loads; a load then fails or crashes. The
     * environment counts its references, so one more that nobody releases keeps it.
     */
    private static void pin(OrtEnvironment environment) {
        try {
            Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
            Method create = OrtEnvironment.class.getDeclaredMethod("createHandle", long.class, int.class, String.class);
            api.setAccessible(true);
            create.setAccessible(true);
            create.invoke(null, api.getLong(null), LOGGED.getValue(), "atelier");
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "cannot keep {0} alive through a shutdown: a model that is loading then may crash the process",
                    environment);
        }
    }

    /** Why a GPU cannot be used; empty when it can. */
    private static String missing(int index) {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            return "this build has no CUDA; one built with -Dcuda has (docs/guides/gpu.md).";
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.addCUDA(index);
            return "";
        } catch (OrtException e) {
            return "CUDA answers: " + e.getMessage() + ".";
        }
    }

    OrtEnvironment environment() {
        return environment;
    }

    String deviceClass() {
        return deviceClass;
    }

    /** Opens a graph. Takes as long as it takes: nothing can interrupt it. */
    OrtSession open(Path graph) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setDeterministicCompute(true);
            // patterns are kept per input shape and pay only when one shape comes again and again
            options.setMemoryPatternOptimization(false);
            // between runs the cores belong to those who decode, encode, write and answer
            options.addConfigEntry("session.force_spinning_stop", "1");
            if (pooled) {
                options.disablePerSessionThreads();
            } else {
                options.setIntraOpNumThreads(threads);
                options.setInterOpNumThreads(1);
            }
            if (gpu >= 0) {
                options.addCUDA(gpu);
            }
            return environment.createSession(graph.toString(), options);
        }
    }
}
