package io.atelier.image.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.artifacts.Picture;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
    private static final Picture TILE = new Picture(32, 32, 4, new byte[32 * 32 * 4]);

    @Test
    void sheetIsASquareOfPicturesAsLargeAsAskedFor() {
        Picture sheet = ContactSheet.of(Collections.nCopies(5, TILE), 2);
        assertThat(sheet.width()).isEqualTo(3 * 64);
        assertThat(sheet.height()).isEqualTo(2 * 64);
    }

    @Test
    void largeSheetIsEnlargedOnlyAsFarAsItsLimitAllows() {
        Picture sheet = ContactSheet.of(Collections.nCopies(64, TILE), 32);
        assertThat(sheet.width() * sheet.height()).isLessThanOrEqualTo(Limits.MAX_SHEET_PIXELS);
        assertThat(sheet.width()).isGreaterThan(8 * 32);
    }

    @Test
    void onePictureIsItsOwnSheet() {
        assertThat(ContactSheet.of(List.of(TILE), 1).width()).isEqualTo(32);
    }
}
