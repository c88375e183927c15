package io.atelier.image.config;

import io.atelier.endpoints.config.ConfigCheck;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How large photographs may be that are painted. */
@ConfigMapping(prefix = "atelier.image.stylize")
public interface StylizeConfig {
    /** How many pixels a photograph may have, as it comes and as it is painted; 4,096 to 67,108,864. */
    @WithDefault("16777216")
    int maxPixels();

    /** How many pixels all photographs that are painted at once may have, beyond which requests are refused with a delay; a pixel takes about 20 bytes of heap; max-pixels to 1,073,741,824. */
    @WithDefault("16777216")
    int pixelsAtOnce();

    /** Adds what is wrong with it to a service's check. */
    static ConfigCheck check(ConfigCheck check, StylizeConfig config) {
        return check.range("atelier.image.stylize.max-pixels", config.maxPixels(), 1 << 12, 1 << 26)
                .range("atelier.image.stylize.pixels-at-once", config.pixelsAtOnce(), config.maxPixels(), 1 << 30);
    }
}
