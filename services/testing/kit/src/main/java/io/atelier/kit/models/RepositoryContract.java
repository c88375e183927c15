package io.atelier.kit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelName;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelRepository;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One empty repository a test, and what the contracts on it share. */
abstract class RepositoryContract {
    protected static final ModelName TILES = new ModelName("tiles");

    @TempDir
    protected Path scratch;

    ModelRepository repository;

    /** Opens the test's repository; each call gives another object on the same one, as another process would have. */
    protected abstract ModelRepository open();

    @BeforeEach
    void openFirst() {
        repository = open();
    }

    protected final ModelDraft draft(String content) {
        return Drafts.draft(scratch.resolve("drafts"), TILES.value(), content);
    }

    protected static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    final ModelPackage openVersion(String ref) {
        return repository.open(ModelRef.parse(ref));
    }
}
