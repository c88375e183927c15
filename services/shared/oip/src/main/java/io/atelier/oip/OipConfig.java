package io.atelier.oip;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What requests of the Open Inference Protocol may take. */
@ConfigMapping(prefix = "atelier.oip")
public interface OipConfig {
    /** How many rows one request may carry; 1 to 4096. */
    @WithDefault("256")
    int maxRows();

    /** The largest body of a request over HTTP; 1 KiB to 10 MiB, which is Quarkus' own limit. */
    @WithDefault("4M")
    MemorySize maxBody();

    /** The most that the tensors of one answer may take; 1 KiB to 1 GiB. */
    @WithDefault("16M")
    MemorySize maxAnswer();
}
