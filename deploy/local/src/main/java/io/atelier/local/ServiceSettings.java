package io.atelier.local;

import io.atelier.local.SuitePorts.ServicePorts;
import java.util.ArrayList;
import java.util.List;

/** The settings a service gets on one machine; everything else keeps its documented default. */
final class ServiceSettings {
    private static final String HOST = BrokerConfig.HOST;

    private ServiceSettings() {}

    static List<String> of(SuiteOptions options, ServiceSpec spec, List<String> startCache) {
        ServicePorts ports = options.ports().of(spec.name());
        List<String> settings = new ArrayList<>(options.jvm());
        settings.addAll(startCache);
        settings.addAll(List.of(
                "-Xmx384m",
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

    private static List<String> trainer(SuiteOptions options) {
        List<String> settings = new ArrayList<>(List.of(
                "-Dquarkus.datasource.jdbc.url=" + options.database(),
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
