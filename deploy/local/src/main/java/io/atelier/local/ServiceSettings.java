package io.atelier.local;

import io.atelier.local.SuitePorts.ServicePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The settings a service gets on one machine; everything else keeps its documented default. */
final class ServiceSettings {
    private static final String HOST = BrokerConfig.HOST;

    private ServiceSettings() {}

    static List<String> of(SuiteOptions options, ServiceSpec spec, List<String> startCache) {
        ServicePorts ports = options.ports().of(spec.name());
        List<String> settings = new ArrayList<>(options.jvm());
        settings.addAll(startCache);
        settings.addAll(List.of(
                "-Xmx" + heapMebibytes(spec) + "m",
                "-XX:+UseSerialGC",
                "-Dquarkus.http.host=" + HOST,
                "-Dquarkus.http.port=" + ports.http(),
                "-Dquarkus.grpc.server.host=" + HOST,
                "-Dquarkus.grpc.server.port=" + ports.grpc(),
                "-Dquarkus.log.console.json.enabled=false",
                "-Datelier.local-mode=true",
                "-Dkafka.bootstrap.servers=" + options.kafka(),
                "-Datelier.artifacts.base-url=http://" + HOST + ":" + ports.http()));
        settings.addAll(options.elsewhere().settings(options.state()));
        if (spec.keepsLedger()) {
            settings.addAll(trainer(options));
        }
        return settings;
    }

    /** A photograph of the largest size that is painted, decoded, painted and encoded, takes some 350 MiB. */
    private static int heapMebibytes(ServiceSpec spec) {
        return spec.name().equals("image") ? 768 : 384;
    }

    /** What is not for the command line, which every user of the machine can read: the address may hold a password. */
    static Map<String, String> environment(SuiteOptions options, ServiceSpec spec) {
        return spec.keepsLedger() ? Map.of("QUARKUS_DATASOURCE_JDBC_URL", options.database()) : Map.of();
    }

    private static List<String> trainer(SuiteOptions options) {
        List<String> settings = new ArrayList<>(List.of(
                "-Datelier.trainer.program=" + options.jars().apply("learn"),
                "-Datelier.trainer.work=" + options.state().training()));
        options.elsewhere().runs().ifPresent(place -> settings.add("-Datelier.trainer.runs=" + place));
        for (int i = 0; i < options.dataRoots().size(); i++) {
            settings.add("-Datelier.trainer.data-roots[" + i + "]="
                    + options.dataRoots().get(i));
        }
        return settings;
    }
}
