package io.atelier.kit.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.artifacts.Picture;
import io.atelier.artifacts.pictures.Pictures;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of each hostile picture, by name, in time and room. */
class HostilePicturesTest {
    private static final List<HostilePicture> ALL = HostilePictures.all();
    private static final Footprint.Worst WORST = new Footprint.Worst();

    static List<HostilePicture> all() {
        return ALL;
    }

    @AfterAll
    static void tell() {
        System.out.println("hostile pictures: " + WORST);
    }

    @ParameterizedTest
    @MethodSource("all")
    void isReadOrRefusedByItsRuleInTimeAndRoom(HostilePicture picture) {
        try (Footprint footprint = new Footprint(picture.name(), picture.bytes().length, WORST)) {
            Optional<ProblemException> refused = footprint.of(() -> decode(picture.bytes()));
            assertThat(refused.isPresent())
                    .describedAs("refused: %s, %s", picture.name(), refused)
                    .isEqualTo(picture.refusal().isPresent());
            if (refused.isEmpty()) {
                return;
            }
            Problem problem = refused.get().problem();
            HostilePicture.Refusal expected = picture.refusal().get();
            assertThat(problem.code()).isEqualTo(expected.code());
            assertThat(problem.field()).contains("content");
            assertThat(problem.limit()).isPresent();
            assertThat(problem.message())
                    .contains(expected.rule())
                    .doesNotContain("Exception", "java", "\tat ")
                    .endsWith(".");
        }
    }

    @Test
    void namesTellThemApartAndAllFitIntoARequest() {
        assertThat(new HashSet<>(ALL.stream().map(HostilePicture::name).toList()))
                .hasSameSizeAs(ALL);
        assertThat(ALL)
                .hasSizeGreaterThan(200)
                .allSatisfy(picture -> assertThat(picture.bytes().length).isLessThanOrEqualTo(3 << 20));
    }

    @Test
    void areTheSameInEveryRun() {
        List<HostilePicture> again = HostilePictures.all();
        for (int i = 0; i < again.size(); i++) {
            assertThat(Arrays.equals(again.get(i).bytes(), ALL.get(i).bytes())).isTrue();
        }
    }

    private static Picture decode(byte[] bytes) {
        return Pictures.decode(bytes, "content", HostilePictures.MAX_PIXELS);
    }
}
