package io.atelier.cli.models;

import io.atelier.cli.Output;
import io.atelier.models.Promotion;

/** Tells what is promoted now. */
final class Promotions {
    private Promotions() {}

    static void print(Output output, String name, Promotion promotion) {
        if (output.isJson()) {
            output.document(promotion);
        } else {
            output.result(
                    name + " now serves version " + promotion.version() + (promotion.pinned() ? ", pinned." : "."));
        }
    }
}
