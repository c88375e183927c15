package io.atelier.endpoints.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalInt;

/** On what and how much models run. */
@ConfigMapping(prefix = "atelier.inference")
public interface InferenceConfig {
    /** {@code cpu}, {@code cuda:N}, or {@code auto}: a GPU where there is one. A named GPU that is missing is an error. */
    @WithDefault("cpu")
    String device();

    /** How many threads all runs of this process share; 1 to 1024. Default: the processors of the machine. */
    OptionalInt threads();

    /** How many runs may be under way at once; 1 to 64. */
    @WithDefault("1")
    int parallelRuns();

    /** How many rows may wait for a session, over all models; beyond it requests are refused; 1 to 1,000,000. */
    @WithDefault("1024")
    int queue();
}
