package io.atelier.endpoints.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
    private final AtomicInteger told = new AtomicInteger();

    @Test
    void answerThatTakesLongIsAnnouncedOnce() throws InterruptedException {
        CountDownLatch heard = new CountDownLatch(1);
        Announcement announcement = new Announcement(() -> {
            told.incrementAndGet();
            heard.countDown();
        });
        try (var _ = announcement.soon()) {
            assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
        }
        afterAnother();
        assertThat(told).hasValue(1);
    }

    @Test
    void answerThatComesAtOnceIsNotAnnounced() throws InterruptedException {
        try (var _ = new Announcement(told::incrementAndGet).soon()) {
            // answered
        }
        afterAnother();
        assertThat(told).hasValue(0);
    }

    @Test
    void progressStandsForTheAnnouncement() throws InterruptedException {
        Announcement announcement = new Announcement(told::incrementAndGet);
        try (var _ = announcement.soon()) {
            announcement.spare();
            afterAnother();
        }
        assertThat(told).hasValue(0);
    }

    /** One thread tells in the order of time: what was due before a later one has been told, or never will be. */
    private static void afterAnother() throws InterruptedException {
        CountDownLatch later = new CountDownLatch(1);
        try (var _ = new Announcement(later::countDown).soon()) {
            assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
