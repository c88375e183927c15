package io.atelier.bench.image;

import io.atelier.bench.Sample;

/**
 * One run: every loop after the other on the same machine in the same minute.
 *
 * @param raw one client of the raw loop
 * @param writes the durable writes within it
 * @param grpc one client over gRPC
 * @param kafka one client by events
 * @param rawCrowd four clients of the raw loop
 * @param grpcCrowd four clients over gRPC
 */
record Round(Sample raw, Sample writes, Sample grpc, Sample kafka, Sample rawCrowd, Sample grpcCrowd) {

    /** gRPC's throughput against the raw loop's; the worse of one and of four clients. */
    double throughputRatio() {
        return Math.min(
                grpc.callsPerSecond() / raw.callsPerSecond(), grpcCrowd.callsPerSecond() / rawCrowd.callsPerSecond());
    }

    double grpcAdded(double share) {
        return grpc.percentile(share) - raw.percentile(share);
    }

    double kafkaAdded(double share) {
        return kafka.percentile(share) - grpc.percentile(share);
    }
}
