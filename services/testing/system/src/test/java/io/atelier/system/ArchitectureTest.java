package io.atelier.system;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md. */
class ArchitectureTest {
    private static final String[] SERVICES = {"io.atelier.image..", "io.atelier.trainer.."};
    private static final String[] LIBRARIES = {
        "io.atelier.kernel..",
        "io.atelier.s3..",
        "io.atelier.models..",
        "io.atelier.artifacts..",
        "io.atelier.inference..",
        "io.atelier.imports..",
        "io.atelier.messaging..",
        "io.atelier.endpoints..",
        "io.atelier.oip.."
    };
    /** Training is a process of its own: what a service knows of it goes through that process. */
    private static final String[] SERVICES_AND_LEARN = {
        "io.atelier.image..", "io.atelier.trainer..", "io.atelier.learn.."
    };

    private static JavaClasses main;

    @BeforeAll
    static void importOnce() {
        main = Checkout.mainClasses();
    }

    @Test
    void everyModuleIsJudged() {
        Set<String> modules = main.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.split("\\."))
                .filter(parts -> parts.length > 2)
                .map(parts -> parts[2])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(modules)
                .contains(
                        "artifacts",
                        "cli",
                        "endpoints",
                        "image",
                        "imports",
                        "inference",
                        "kernel",
                        "kit",
                        "learn",
                        "local",
                        "messaging",
                        "models",
                        "oip",
                        "s3",
                        "trainer");
    }

    @Test
    void kernelDependsOnJavaAlone() {
        check(classes()
                .that()
                .resideInAPackage("io.atelier.kernel..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("io.atelier.kernel..", "java..", "org.jspecify..")));
    }

    @Test
    void onlyInferenceImportsOnnxRuntime() {
        check(noClasses()
                .that(resideOutsideOfPackages("io.atelier.inference.."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime.."));
    }

    @Test
    void onlyS3ImportsTheStoresClient() {
        check(noClasses()
                .that(resideOutsideOfPackages("io.atelier.s3..", "io.atelier.kit.."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.."));
    }

    @Test
    void onlyLearnImportsLibtorch() {
        check(noClasses()
                .that(resideOutsideOfPackages("io.atelier.learn.."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco.."));
    }

    @Test
    void domainKnowsNoFrameworkNoWireAndNoRuntime() {
        check(noClasses()
                .that()
                .resideInAPackage("io.atelier..domain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "io.smallrye..",
                        "jakarta..",
                        "io.grpc..",
                        "com.google.protobuf..",
                        "io.atelier.proto..",
                        "java.sql..",
                        "ai.onnxruntime..",
                        "org.apache.kafka..",
                        "io.atelier.endpoints..",
                        "io.atelier.oip..",
                        "io.atelier.messaging.."));
    }

    @Test
    void domainKnowsNeitherItsEntrancesNorItsRuntime() {
        check(noClasses()
                .that()
                .resideInAPackage("io.atelier.*.domain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.atelier.*.api..", "io.atelier.*.runtime..", "io.atelier.*.config.."));
    }

    @Test
    void apiAndRuntimeNeverMeet() {
        check(noClasses()
                .that()
                .resideInAPackage("io.atelier.*.api..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.atelier.*.runtime.."));
        check(noClasses()
                .that()
                .resideInAPackage("io.atelier.*.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.atelier.*.api.."));
    }

    @Test
    void librariesImportNoService() {
        check(noClasses()
                .that()
                .resideInAnyPackage(LIBRARIES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVICES));
    }

    @Test
    void nobodyElseImportsAServiceEither() {
        check(noClasses()
                .that(resideOutsideOfPackages(SERVICES))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVICES));
    }

    @Test
    void servicesNeverImportServices() {
        for (String service : SERVICES_AND_LEARN) {
            String[] others = Arrays.stream(SERVICES_AND_LEARN)
                    .filter(other -> !other.equals(service))
                    .toArray(String[]::new);
            check(noClasses()
                    .that()
                    .resideInAPackage(service)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others));
        }
    }

    @Test
    void configurationIsForWiringAndRuntimeAndKnowsNeither() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.atelier.*.api..", "io.atelier.*.domain..")
                .and()
                .resideInAnyPackage(SERVICES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.atelier.image.config..", "io.atelier.trainer.config.."));
        check(noClasses()
                .that()
                .resideInAnyPackage("io.atelier.image.config..", "io.atelier.trainer.config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.atelier.*.api..", "io.atelier.*.domain..", "io.atelier.*.runtime.."));
    }

    @Test
    void ofTheLibrariesOnlyEndpointsAndOipImportContracts() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "io.atelier.kernel..",
                        "io.atelier.s3..",
                        "io.atelier.models..",
                        "io.atelier.artifacts..",
                        "io.atelier.inference..",
                        "io.atelier.messaging..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.atelier.proto..", "com.google.protobuf.."));
    }

    @Test
    void learnKnowsNoQuarkus() {
        check(noClasses()
                .that()
                .resideInAPackage("io.atelier.learn..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta.."));
    }

    @Test
    void modulesHaveNoPackageCycles() {
        check(slices().matching("io.atelier.(*.*)..").should().beFreeOfCycles());
        check(slices().matching("io.atelier.(*)..").should().beFreeOfCycles());
    }

    @Test
    void everyPackageIsNullMarked() {
        check(classes().should(new ArchCondition<JavaClass>("live in a @NullMarked package") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(item, marked, item.getName() + " in " + item.getPackageName()));
            }
        }));
    }

    @Test
    void testsDoNotSleep() {
        JavaClasses tests = Checkout.testClasses();
        assertThat(tests).isNotEmpty();
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(tests);
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .check(tests);
    }

    private static void check(ArchRule rule) {
        rule.check(main);
    }
}
