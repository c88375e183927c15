package io.atelier.learn.ops;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.Seeds;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Parameters and buffers of a network by name, in the order of their making. Owns their memory until closed. Not
 * thread-safe.
 */
public final class ParamStore implements AutoCloseable {
    private final SequencedMap<String, Param> params = new LinkedHashMap<>();
    private final Device device;
    private final long seed;

    /** A store whose parameters are drawn from this seed, each independent of the others' presence. */
    public ParamStore(Device device, long seed) {
        this.device = device;
        this.seed = seed;
    }

    public Param trainable(String name, Init init, long... shape) {
        return add(name, init, true, shape);
    }

    public Param buffer(String name, Init init, long... shape) {
        return add(name, init, false, shape);
    }

    private Param add(String name, Init init, boolean trainable, long... shape) {
        if (params.containsKey(name)) {
            throw new IllegalArgumentException("two parameters are called " + name);
        }
        float[] values = init.values(Seeds.derive(seed, name.hashCode()), shape);
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = Tensor.create(values, shape).to(device, ScalarType.Float);
            if (shape.length == 4) {
                tensor = tensor.contiguous(MemoryFormat.ChannelsLast); // convolutions run up to 3x faster so
            }
            tensor.set_requires_grad(trainable);
            tensor.retainReference();
            Param param = new Param(name, tensor, trainable);
            params.put(name, param);
            return param;
        }
    }

    public List<Param> all() {
        return List.copyOf(params.values());
    }

    public List<Param> trainables() {
        return params.values().stream().filter(Param::trainable).toList();
    }

    /** How many numbers are trained. */
    public long count() {
        return trainables().stream().mapToLong(Param::count).sum();
    }

    /** The trainable tensors; the caller closes the vector. */
    public TensorVector tensors() {
        return new TensorVector(trainables().stream().map(Param::tensor).toArray(Tensor[]::new));
    }

    /** Switches gradients of all trainables on or off, so that a network can be passed through without being trained. */
    public void trainable(boolean on) {
        for (Param param : trainables()) {
            param.tensor().set_requires_grad(on);
        }
    }

    /** Copies all values from a store with the same names and shapes. */
    public void copyFrom(ParamStore other) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            for (Param param : params.values()) {
                param.tensor().copy_(other.get(param.name()).tensor());
            }
        }
    }

    /** The parameter of this name; throws when there is none. */
    public Param get(String name) {
        Param param = params.get(name);
        if (param == null) {
            throw new IllegalArgumentException("no parameter is called " + name);
        }
        return param;
    }

    /** Writes all values as safetensors; tells where each lies. */
    public ExternalData save(Path file) {
        Map<String, Safetensors.Entry> entries = new LinkedHashMap<>();
        params.values()
                .forEach(param -> entries.put(param.name(), new Safetensors.Entry(param.shape(), param.floats())));
        return Safetensors.write(file, entries);
    }

    /** Loads values; the file must hold exactly this store's names and shapes. */
    public void load(Path file) {
        Map<String, Safetensors.Entry> tensors = Safetensors.read(file);
        difference(tensors).ifPresent(difference -> {
            throw Problem.of(ErrorCode.BROKEN_PACKAGE, file.getFileName() + " does not fit: " + difference + ".")
                    .exception();
        });
        load(tensors);
    }

    /** Loads values that have exactly this store's names and shapes. */
    public void load(Map<String, Safetensors.Entry> tensors) {
        difference(tensors).ifPresent(difference -> {
            throw new IllegalArgumentException(difference);
        });
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            tensors.forEach((name, entry) -> get(name).tensor().copy_(Tensor.create(entry.values(), entry.shape())));
        }
    }

    /** The first difference in names or shapes between tensors and this store; empty when there is none. */
    public Optional<String> difference(Map<String, Safetensors.Entry> tensors) {
        for (Param param : params.values()) {
            Safetensors.Entry entry = tensors.get(param.name());
            if (entry == null) {
                return Optional.of("there is no " + param.name() + ", which has the shape "
                        + Arrays.toString(param.shape()) + " in this network");
            }
            if (!Arrays.equals(entry.shape(), param.shape())) {
                return Optional.of(param.name() + " has the shape " + Arrays.toString(entry.shape()) + " there and "
                        + Arrays.toString(param.shape()) + " in this network");
            }
        }
        return tensors.entrySet().stream()
                .filter(tensor -> !params.containsKey(tensor.getKey()))
                .findFirst()
                .map(tensor -> tensor.getKey() + " has the shape "
                        + Arrays.toString(tensor.getValue().shape()) + " there and is not in this network");
    }

    @Override
    public void close() {
        params.values().forEach(param -> param.tensor().releaseReference());
        params.clear();
    }
}
