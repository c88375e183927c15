package io.atelier.kit.tier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TierTest {

    @Test
    void atelierRequireNamesTiersSeparatedByCommas() {
        assertThat(Tier.KCAT.isRequired("containers,kcat")).isTrue();
        assertThat(Tier.KCAT.isRequired("containers, kcat")).isTrue();
        assertThat(Tier.BROWSER.isRequired("containers,kcat")).isFalse();
        assertThat(Tier.KCAT.isRequired("")).isFalse();
    }

    @Test
    void everyTierSaysHowToGetIt() {
        assertThat(Tier.values()).allSatisfy(tier -> assertThat(tier.remedy()).isNotBlank());
    }
}
