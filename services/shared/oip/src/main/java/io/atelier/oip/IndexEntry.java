package io.atelier.oip;

import io.atelier.inference.ModelStatus;
import io.atelier.models.ModelManifest;
import java.util.OptionalLong;

/**
 * A line of the repository's index.
 *
 * @param name as the graph is addressed; the model's name while no version serves
 * @param version the version that serves
 * @param state whether it does
 * @param reason what is wrong with the promoted version; empty when nothing is
 */
public record IndexEntry(String name, OptionalLong version, State state, String reason) {

    /** Whether a graph can be run, in the protocol's words. */
    public enum State {
        READY,
        LOADING,
        UNAVAILABLE
    }

    /** The version as the protocol writes it. */
    public String versionText() {
        return version.isPresent() ? Long.toString(version.getAsLong()) : "";
    }

    static IndexEntry of(ModelStatus status) {
        State state = status.state() == ModelStatus.State.BROKEN ? State.UNAVAILABLE : State.LOADING;
        return new IndexEntry(
                status.name().value(),
                OptionalLong.empty(),
                state,
                status.problem().orElse(""));
    }

    /** What serves goes on serving, whatever is wrong with what was promoted after it. */
    static IndexEntry serving(ModelStatus status, ModelManifest manifest, String role) {
        return new IndexEntry(
                GraphName.address(manifest, role),
                OptionalLong.of(manifest.version()),
                State.READY,
                status.problem().orElse(""));
    }
}
