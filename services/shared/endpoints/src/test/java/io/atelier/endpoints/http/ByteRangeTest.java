package io.atelier.endpoints.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.endpoints.http.ByteRange.Wanted;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-9, 0, 10",
        "bytes=0-0, 0, 1",
        "bytes=90-, 90, 10",
        "bytes=90-500, 90, 10",
        "bytes=-5, 95, 5",
        "bytes=-500, 0, 100"
    })
    void oneRangeIsCutToTheFile(String header, long start, long length) {
        assertThat(ByteRange.wanted(Optional.of(header), 100)).isEqualTo(new Wanted.Part(new ByteRange(start, length)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=500-600", "bytes=-0"})
    void rangeBehindTheEndHoldsNothing(String header) {
        assertThat(ByteRange.wanted(Optional.of(header), 100)).isEqualTo(new Wanted.Nothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=-", "bytes=5-2", "bytes=0-1,5-6", "pages=1-2", "bytes=a-b", "bytes=99999999999999999999-"
            })
    void whatIsNotUnderstoodIsAnsweredWhole(String header) {
        assertThat(ByteRange.wanted(Optional.of(header), 100)).isEqualTo(new Wanted.Whole());
    }

    @Test
    void partNamesItsPlace() {
        assertThat(new ByteRange(5, 10).contentRange(100)).isEqualTo("bytes 5-14/100");
    }
}
