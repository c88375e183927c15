package io.atelier.kit.objects;

import io.atelier.kit.TempFolder;
import java.util.UUID;

/** One server for all tests of this JVM; each takes a prefix of its own. */
public final class OneS3Server {
    private static final TempFolder FOLDER = TempFolder.create("atelier-s3");
    private static final S3Server SERVER = S3Server.start(FOLDER.path());

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(OneS3Server::stop));
    }

    private OneS3Server() {}

    public static S3Server get() {
        return SERVER;
    }

    public static String freshPrefix() {
        return UUID.randomUUID() + "/";
    }

    private static void stop() {
        SERVER.close();
        FOLDER.close();
    }
}
