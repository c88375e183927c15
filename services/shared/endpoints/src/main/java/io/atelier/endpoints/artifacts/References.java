package io.atelier.endpoints.artifacts;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.proto.common.v1.Artifact;

/** Writes references to stored artifacts. */
public final class References {
    private final String baseUrl;

    /**
     * @param baseUrl absolute address under which {@code /artifacts/{sha256}} is served, without a slash at its end
     */
    public References(String baseUrl) {
        this.baseUrl = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
    }

    /** The reference, without content. */
    public Artifact to(ArtifactInfo info) {
        return Artifact.newBuilder()
                .setId(info.id().hex())
                .setUri(baseUrl + "/artifacts/" + info.id().hex())
                .setMediaType(info.mediaType())
                .setSize(info.size())
                .setSha256(info.id().hex())
                .build();
    }
}
