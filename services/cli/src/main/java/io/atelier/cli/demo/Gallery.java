package io.atelier.cli.demo;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a demo has made.
 *
 * @param works the works, in the order they were made
 * @param sheets sheets of several works, relative to the folder
 * @param judged pictures that were classified
 */
record Gallery(List<Work> works, List<String> sheets, List<Judged> judged) {
    private static final ObjectWriter JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writer();

    /** Writes manifest.json and index.html beside the works. */
    void write(Path folder) throws IOException {
        JSON.writeValue(folder.resolve("manifest.json").toFile(), Map.of("works", works));
        Files.writeString(folder.resolve("index.html"), new GalleryPage(folder).render(this));
    }
}
