package io.atelier.artifacts.tiles;

/** Where a place outside lies inside, once a line is mirrored at both of its ends as often as it takes. */
final class Mirror {
    private Mirror() {}

    static int at(int place, int size) {
        if (place >= 0 && place < size) {
            return place;
        }
        if (size == 1) {
            return 0;
        }
        int period = 2 * (size - 1);
        int within = Math.floorMod(place, period);
        return within < size ? within : period - within;
    }
}
