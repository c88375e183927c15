package io.atelier.learn.optim;

import io.atelier.learn.ops.ParamStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * One of libtorch's optimisers over a store's trainables. Its state is saved and loaded bit by bit. Owns native memory;
 * must be made outside step scopes.
 */
public final class Optimiser implements AutoCloseable {
    private final TensorVector params;
    private final org.bytedeco.pytorch.Optimizer optimizer;

    public Optimiser(ParamStore store, OptimiserOptions options) {
        try (PointerScope scope = new PointerScope()) {
            params = store.tensors();
            optimizer = create(params, options);
            params.retainReference();
            optimizer.retainReference();
        }
    }

    private static org.bytedeco.pytorch.Optimizer create(TensorVector params, OptimiserOptions options) {
        double unset = 1e-3; // every step sets the learning rate
        return switch (options.kind()) {
            case GRADIENT_DESCENT -> new SGD(params, sgd(unset, options, 0));
            case MOMENTUM -> new SGD(params, sgd(unset, options, options.beta1()));
            case ADAM -> {
                AdamOptions adam = new AdamOptions(unset);
                setBetas(adam.betas(), options);
                adam.eps().put(options.epsilon());
                adam.weight_decay().put(options.weightDecay());
                yield new Adam(params, adam);
            }
            case ADAMW -> {
                AdamWOptions adam = new AdamWOptions(unset);
                setBetas(adam.betas(), options);
                adam.eps().put(options.epsilon());
                adam.weight_decay().put(options.weightDecay());
                yield new AdamW(params, adam);
            }
        };
    }

    /**
     * The binding hands out the memory of a std::tuple, whose order the standard library chooses: GNU's holds beta2 first.
     * The defaults, 0.9 and 0.999, tell which is which.
     */
    private static void setBetas(DoublePointer betas, OptimiserOptions options) {
        int first = betas.get(0) < betas.get(1) ? 0 : 1;
        betas.put(first, options.beta1());
        betas.put(1 - first, options.beta2());
    }

    private static SGDOptions sgd(double rate, OptimiserOptions options, double momentum) {
        SGDOptions sgd = new SGDOptions(rate);
        sgd.momentum().put(momentum);
        sgd.weight_decay().put(options.weightDecay());
        return sgd;
    }

    /** Forgets the gradients of the last step. */
    public void zeroGradients() {
        optimizer.zero_grad(true);
    }

    /** Moves the parameters along their gradients. */
    public void step(double learningRate) {
        optimizer.param_groups().get(0).options().set_lr(learningRate);
        optimizer.step();
    }

    /**
     * Shortens the gradients, taken as one vector, to this length where they are longer; 0 leaves them alone. Returns
     * their length before.
     */
    public double clipGradients(double maxNorm) {
        return maxNorm > 0 ? torch.clip_grad_norm_(params, maxNorm) : 0;
    }

    public void save(Path file) {
        try (PointerScope scope = new PointerScope()) {
            OutputArchive archive = new OutputArchive();
            optimizer.save(archive);
            Files.write(file, ArchiveBytes.of(archive));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void load(Path file) {
        try (PointerScope scope = new PointerScope()) {
            InputArchive archive = new InputArchive();
            archive.load_from(file.toString());
            optimizer.load(archive);
        }
    }

    @Override
    public void close() {
        optimizer.releaseReference();
        params.releaseReference();
    }
}
