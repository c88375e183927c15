package io.atelier.cli.demo;

import java.util.List;

/**
 * A picture and what a classifier sees on it.
 *
 * @param path the picture's file, relative to the page's folder
 * @param model the classifier's name
 * @param version the classifier's version
 * @param classes the most probable classes, most probable first
 */
record Judged(String path, String model, long version, List<Guess> classes) {
    /** One class and its probability, 0 to 1. */
    record Guess(String label, float probability) {}
}
