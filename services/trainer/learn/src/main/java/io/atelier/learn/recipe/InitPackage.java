package io.atelier.learn.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.learn.train.RunFolder;
import io.atelier.models.ModelName;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelRepository;
import io.atelier.models.Origin;
import io.atelier.models.Training;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The published version whose weights a run starts from. A name without a version means the promoted one of the moment
 * the run begins; a resumed run keeps it.
 *
 * @param origin which
 * @param repository where it is
 */
record InitPackage(Origin origin, ModelRepository repository) {
    static final String SETTING = "init";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String NONE = "none";
    private static final String FILE = "init.json";

    /** What a run starts from; empty when from chance. Throws a problem when that cannot be used for this recipe. */
    static Optional<InitPackage> of(Recipe<?> recipe, Settings settings, RunFolder run, ModelRepository repository) {
        String wanted = settings.text(SETTING);
        if (wanted.equals(NONE)) {
            return Optional.empty();
        }
        if (run.begun()) {
            return run.read(FILE).map(stored -> new InitPackage(parse(stored), repository));
        }
        ModelPackage found = open(ModelRef.parse(wanted), repository);
        String made = found.manifest().training().map(Training::recipe).orElse("no recipe");
        if (!made.equals(recipe.name())) {
            throw Problem.field(
                            ErrorCode.CONFLICTING_FIELDS,
                            SETTING,
                            "a model of the recipe " + recipe.name(),
                            wanted + " was made by " + made + ", and " + recipe.name()
                                    + " goes on only from models of its own.")
                    .exception();
        }
        return Optional.of(new InitPackage(
                new Origin(
                        found.manifest().name(),
                        found.manifest().version(),
                        found.manifest().digest()),
                repository));
    }

    /** Gives networks the package's weights; throws a problem when they do not fit or it has changed since. */
    void load(Weights weights) {
        ModelPackage found = open(new ModelRef(origin.name(), OptionalLong.of(origin.version())), repository);
        if (!found.manifest().digest().equals(origin.digest())) {
            throw Problem.field(
                            ErrorCode.CONFLICTING_FIELDS,
                            SETTING,
                            origin.digest().hex(),
                            origin + " is no longer what this run began with. Begin another run.")
                    .exception();
        }
        weights.start(found);
    }

    /** Makes it the run's own. */
    void keep(RunFolder run) {
        run.write(
                FILE,
                JSON.createObjectNode()
                        .put("name", origin.name().value())
                        .put("version", origin.version())
                        .put("digest", origin.digest().hex())
                        .toPrettyString());
    }

    private static ModelPackage open(ModelRef ref, ModelRepository repository) {
        try {
            ModelPackage found = repository.open(ref);
            repository.verify(found);
            return found;
        } catch (ProblemException e) {
            throw Problem.field(
                            e.problem().code(),
                            SETTING,
                            "an undamaged model of the repository",
                            "The training cannot start from " + ref + ": "
                                    + e.problem().message())
                    .exception(e);
        }
    }

    private static Origin parse(String stored) {
        try {
            JsonNode node = JSON.readTree(stored);
            return new Origin(
                    new ModelName(node.path("name").asText()),
                    node.path("version").asLong(),
                    new Digest(node.path("digest").asText()));
        } catch (IOException e) {
            throw new IllegalStateException(FILE + " of the run folder is damaged", e);
        }
    }
}
