package io.atelier.oip.grpc;

import io.atelier.inference.GraphSignature.Tensor;
import io.atelier.oip.Datatype;
import io.atelier.oip.GraphStatistics;
import io.atelier.oip.GraphStatistics.Timed;
import io.atelier.oip.Graphs.Described;
import io.atelier.oip.IndexEntry;
import io.atelier.oip.OpenInference;
import io.atelier.proto.inference.InferBatchStatistics;
import io.atelier.proto.inference.InferStatistics;
import io.atelier.proto.inference.ModelMetadataResponse;
import io.atelier.proto.inference.ModelMetadataResponse.TensorMetadata;
import io.atelier.proto.inference.ModelStatistics;
import io.atelier.proto.inference.ModelStatisticsResponse;
import io.atelier.proto.inference.RepositoryIndexResponse;
import io.atelier.proto.inference.RepositoryIndexResponse.ModelIndex;
import io.atelier.proto.inference.StatisticDuration;
import java.util.List;

/** Writes what is told of models: their tensors, their place in the index, their statistics. */
final class ModelDescriptions {
    private ModelDescriptions() {}

    static ModelMetadataResponse metadata(Described graph) {
        return ModelMetadataResponse.newBuilder()
                .setName(graph.name())
                .addAllVersions(graph.versions().stream().map(String::valueOf).toList())
                .setPlatform(OpenInference.PLATFORM)
                .addAllInputs(graph.signature().inputs().stream()
                        .map(ModelDescriptions::tensor)
                        .toList())
                .addAllOutputs(graph.signature().outputs().stream()
                        .map(ModelDescriptions::tensor)
                        .toList())
                .build();
    }

    private static TensorMetadata tensor(Tensor tensor) {
        return TensorMetadata.newBuilder()
                .setName(tensor.name())
                .setDatatype(Datatype.of(tensor.element()).name())
                .addShape(-1)
                .addAllShape(tensor.rowShape())
                .build();
    }

    static RepositoryIndexResponse index(List<IndexEntry> entries) {
        return RepositoryIndexResponse.newBuilder()
                .addAllModels(entries.stream()
                        .map(entry -> ModelIndex.newBuilder()
                                .setName(entry.name())
                                .setVersion(entry.versionText())
                                .setState(entry.state().name())
                                .setReason(entry.reason())
                                .build())
                        .toList())
                .build();
    }

    static ModelStatisticsResponse statistics(List<GraphStatistics> graphs) {
        return ModelStatisticsResponse.newBuilder()
                .addAllModelStats(
                        graphs.stream().map(ModelDescriptions::statistics).toList())
                .build();
    }

    private static ModelStatistics statistics(GraphStatistics graph) {
        ModelStatistics.Builder message = ModelStatistics.newBuilder()
                .setName(graph.name())
                .setVersion(Long.toString(graph.version()))
                .setLastInference(graph.lastMillis())
                .setInferenceCount(graph.rows())
                .setExecutionCount(graph.runs().count())
                .setInferenceStats(InferStatistics.newBuilder()
                        .setSuccess(duration(graph.succeeded()))
                        .setFail(duration(graph.failed()))
                        .setQueue(duration(graph.queued()))
                        .setComputeInput(duration(graph.runs().untimed()))
                        .setComputeInfer(duration(graph.runs()))
                        .setComputeOutput(duration(graph.runs().untimed())));
        graph.batches()
                .forEach((rows, runs) -> message.addBatchStats(InferBatchStatistics.newBuilder()
                        .setBatchSize(rows)
                        .setComputeInput(duration(runs.untimed()))
                        .setComputeInfer(duration(runs))
                        .setComputeOutput(duration(runs.untimed()))));
        return message.build();
    }

    private static StatisticDuration duration(Timed timed) {
        return StatisticDuration.newBuilder()
                .setCount(timed.count())
                .setNs(timed.nanos())
                .build();
    }
}
