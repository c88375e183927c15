package io.atelier.models;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** What a model does. The id stands in model.json and in requests' errors. */
public enum ModelTask {
    IMAGE_CLASS_CONDITIONAL("image.class-conditional"),
    IMAGE_STYLE("image.style"),
    IMAGE_CLASSIFY("image.classify"),
    IMAGE_FLOW("image.flow"),
    AUDIO_MELODY("audio.melody"),
    AUDIO_VAE("audio.vae"),
    TEXT_COMPLETION("text.completion"),
    TEXT_SENTENCE_VAE("text.sentence-vae"),
    TEXT_TRANSLATION("text.translation");

    private final String id;

    ModelTask(String id) {
        this.id = id;
    }

    @JsonValue
    public String id() {
        return id;
    }

    /** The service that does it: image, audio or text. */
    public String kind() {
        return id.substring(0, id.indexOf('.'));
    }

    public static Optional<ModelTask> byId(String id) {
        return Arrays.stream(values()).filter(task -> task.id.equals(id)).findFirst();
    }
}
