package io.atelier.oip.rest;

/** What a request for the repository's index says. */
final class IndexBody {
    private IndexBody() {}

    /** Whether only what is ready is asked for. */
    static boolean isReadyOnly(byte[] body) {
        boolean[] ready = {false};
        return JsonInput.parse(body, 0, body.length, parser -> {
            parser.nextToken();
            JsonInput.object(parser, name -> {
                if (name.equals("ready")) {
                    ready[0] = JsonInput.truth(parser);
                } else {
                    parser.skipChildren();
                }
            });
            return ready[0];
        });
    }
}
