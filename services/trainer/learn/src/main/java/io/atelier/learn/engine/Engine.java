package io.atelier.learn.engine;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A started libtorch. Threads, seeds and autocast are libtorch's process-wide state, so a process trains one thing at a
 * time, on the thread that started this.
 */
public final class Engine {
    private static final Pattern CUDA = Pattern.compile("cuda:(\\d{1,3})");

    private final Device device;
    private final String deviceName;
    private final boolean bfloat16;
    private final String description;

    private Engine(Device device, String deviceName, boolean bfloat16, String description) {
        this.device = device;
        this.deviceName = deviceName;
        this.bfloat16 = bfloat16;
        this.description = description;
    }

    /** Loads libtorch, chooses device and precision, and refuses a slow BLAS on a processor unless any will do. */
    public static Engine start(EngineOptions options) {
        if (options.threads() < 1 || options.threads() > 1024) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD, "threads", "1..1024", "Threads must be between 1 and 1024.")
                    .exception();
        }
        BlasCheck blas = BlasCheck.load(options.threads());
        String device = device(options.device());
        boolean gpu = !device.equals("cpu");
        if (!gpu && !options.anyBlas()) {
            blas.slow().ifPresent(problem -> {
                throw problem.exception();
            });
        }
        boolean bfloat16 = bfloat16(options.precision(), gpu);
        String description = "%s, %d threads, %s, %s"
                .formatted(device, options.threads(), bfloat16 ? "bfloat16" : "float32", blas.summary());
        return new Engine(new Device(device), device, bfloat16, description);
    }

    private static String device(String wanted) {
        if (wanted.equals("cpu") || wanted.equals("auto") && !torch.cuda_is_available()) {
            return "cpu";
        }
        if (wanted.equals("auto")) {
            return "cuda:0";
        }
        Matcher cuda = CUDA.matcher(wanted);
        if (!cuda.matches()) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "device",
                            "cpu, cuda:N or auto",
                            "The device " + wanted + " is none of cpu, cuda:N and auto.")
                    .exception();
        }
        int count = torch.cuda_is_available() ? torch.cuda_device_count() : 0;
        if (Integer.parseInt(cuda.group(1)) >= count) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "device",
                            "cpu, auto" + (count > 0 ? ", cuda:0 to cuda:" + (count - 1) : ""),
                            "The device " + wanted + " was asked for, but this machine has " + count
                                    + " GPUs that libtorch can use. Ask for cpu or auto.")
                    .exception();
        }
        return wanted;
    }

    private static boolean bfloat16(String precision, boolean gpu) {
        return switch (precision) {
            case "float32" -> false;
            case "bfloat16" -> true;
            case "auto" -> gpu || Processor.multipliesBfloat16();
            default ->
                throw Problem.field(
                                ErrorCode.OUT_OF_RANGE_FIELD,
                                "precision",
                                "auto, float32 or bfloat16",
                                "The precision " + precision + " is none of auto, float32 and bfloat16.")
                        .exception();
        };
    }

    public Device device() {
        return device;
    }

    /** The device as it is asked for: cpu or cuda:N. */
    public String deviceName() {
        return deviceName;
    }

    /** Device, threads, precision and BLAS in one line. */
    public String description() {
        return description;
    }

    /** The same engine without autocast. */
    public Engine inFloat32() {
        return new Engine(device, deviceName, false, description);
    }

    /** Makes everything libtorch draws until the next call depend on this seed alone. */
    public void seed(long seed) {
        torch.manual_seed(seed);
    }

    /**
     * Runs a forward pass in mixed precision where that is on: convolutions and matrix products in bfloat16, parameters
     * and sums in float32.
     *
     * @see <a href="https://arxiv.org/abs/1710.03740">Micikevicius et al., Mixed precision training</a>
     */
    public <T> T autocast(Supplier<T> forward) {
        if (!bfloat16) {
            return forward.get();
        }
        DeviceType type = device.type();
        torch.set_autocast_dtype(type, ScalarType.BFloat16);
        torch.set_autocast_enabled(type, true);
        try {
            return forward.get();
        } finally {
            torch.set_autocast_enabled(type, false);
            torch.clear_cache(); // else the next step would see this step's rounded weights
        }
    }
}
