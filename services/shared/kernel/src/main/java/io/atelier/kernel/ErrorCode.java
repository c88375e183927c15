package io.atelier.kernel;

/**
 * Every error a user can meet, with its stable id. docs/reference.md lists them; a test compares the two.
 *
 * <p>An id is never reused for another meaning.
 */
public enum ErrorCode {
    MISSING_FIELD("ATELIER-REQUEST-0001", Status.INVALID_ARGUMENT, "A required field is empty."),
    OUT_OF_RANGE_FIELD("ATELIER-REQUEST-0002", Status.INVALID_ARGUMENT, "A number is outside its range."),
    UNKNOWN_FIELD("ATELIER-REQUEST-0003", Status.INVALID_ARGUMENT, "The request has a field its type does not know."),
    WRONG_TYPE("ATELIER-REQUEST-0004", Status.INVALID_ARGUMENT, "A field holds a value of another type."),
    TOO_LARGE("ATELIER-REQUEST-0005", Status.INVALID_ARGUMENT, "An input is larger than its limit."),
    CONFLICTING_FIELDS("ATELIER-REQUEST-0006", Status.INVALID_ARGUMENT, "Fields that exclude each other are both set."),
    MALFORMED_ID("ATELIER-REQUEST-0007", Status.INVALID_ARGUMENT, "An id does not have its documented form."),
    REQUEST_CONFLICT(
            "ATELIER-REQUEST-0008", Status.ALREADY_EXISTS, "This request id was used before with another body."),
    DEADLINE("ATELIER-REQUEST-0009", Status.DEADLINE_EXCEEDED, "The request's time ran out."),
    CANCELLED("ATELIER-REQUEST-0010", Status.CANCELLED, "The request was cancelled."),
    OVERLOADED("ATELIER-REQUEST-0011", Status.RESOURCE_EXHAUSTED, "The service is full; try again after the delay."),
    SHUTTING_DOWN("ATELIER-REQUEST-0012", Status.UNAVAILABLE, "The service is stopping; try again."),
    INTERNAL("ATELIER-INTERNAL-0001", Status.INTERNAL, "A fault of ours; the logs have it under the request id."),

    NO_CREDENTIAL("ATELIER-SECURITY-0001", Status.UNAUTHENTICATED, "The call carries no credential."),
    CREDENTIAL_REFUSED("ATELIER-SECURITY-0002", Status.UNAUTHENTICATED, "The credential is not accepted here."),
    CREDENTIAL_EXPIRED(
            "ATELIER-SECURITY-0003", Status.UNAUTHENTICATED, "The credential has expired, or is not valid yet."),
    MALFORMED_CREDENTIAL(
            "ATELIER-SECURITY-0004",
            Status.UNAUTHENTICATED,
            "The credential cannot be read, or there is more than one."),
    NOT_A_PEER(
            "ATELIER-SECURITY-0005",
            Status.PERMISSION_DENIED,
            "Only a peer's credential may name another caller (atelier-on-behalf-of)."),
    SIGNING_KEYS_MISSING(
            "ATELIER-SECURITY-0006",
            Status.UNAVAILABLE,
            "The keys that tokens are verified with are not here yet; try again."),

    UNKNOWN_MODEL("ATELIER-MODEL-0001", Status.NOT_FOUND, "No model of this name or version is here."),
    WRONG_TASK("ATELIER-MODEL-0002", Status.FAILED_PRECONDITION, "The model does another task."),
    BROKEN_PACKAGE("ATELIER-MODEL-0003", Status.DATA_LOSS, "A model package's files do not match its manifest."),
    UNREADABLE_MANIFEST("ATELIER-MODEL-0004", Status.DATA_LOSS, "A model.json cannot be read."),
    PUBLISH_CONFLICT("ATELIER-MODEL-0005", Status.ABORTED, "The repository changed meanwhile; try again."),
    MODEL_NOT_READY("ATELIER-MODEL-0006", Status.UNAVAILABLE, "The model is known but not loaded yet; try again."),
    MALFORMED_MODEL_NAME("ATELIER-MODEL-0007", Status.INVALID_ARGUMENT, "A model name does not have its form."),
    PINNED("ATELIER-MODEL-0008", Status.FAILED_PRECONDITION, "The model is pinned to another version."),
    REPOSITORY_UNAVAILABLE("ATELIER-MODEL-0009", Status.UNAVAILABLE, "The model repository cannot be reached."),
    UNNAMED_GRAPH(
            "ATELIER-MODEL-0010", Status.INVALID_ARGUMENT, "The model has several graphs, and the name says none."),
    RUN_OUT_OF_MEMORY(
            "ATELIER-MODEL-0011", Status.RESOURCE_EXHAUSTED, "There is not enough memory to run the model on this."),

    NOT_ONNX("ATELIER-IMPORT-0001", Status.INVALID_ARGUMENT, "The file is no ONNX model, or a damaged one."),
    IMPORT_TOO_LARGE("ATELIER-IMPORT-0002", Status.INVALID_ARGUMENT, "The model is larger than an import takes."),
    BROKEN_GRAPH("ATELIER-IMPORT-0003", Status.INVALID_ARGUMENT, "The model's graph contradicts itself."),
    FOREIGN_OPERATOR("ATELIER-IMPORT-0004", Status.INVALID_ARGUMENT, "The model needs operators that are not served."),
    UNSAFE_DATA(
            "ATELIER-IMPORT-0005", Status.INVALID_ARGUMENT, "The model's weights are not in plain files beside it."),
    TRIAL_FAILED("ATELIER-IMPORT-0006", Status.INVALID_ARGUMENT, "The model failed its trial, or took too much."),
    UNFIT_MODEL("ATELIER-IMPORT-0007", Status.INVALID_ARGUMENT, "The model does not do the task it is imported for."),
    UNDECIDED("ATELIER-IMPORT-0008", Status.INVALID_ARGUMENT, "The model does not tell this; an option must."),

    UNKNOWN_TENSOR("ATELIER-TENSOR-0001", Status.INVALID_ARGUMENT, "The graph has no input or output of this name."),
    WRONG_DATATYPE("ATELIER-TENSOR-0002", Status.INVALID_ARGUMENT, "The graph's input has another data type."),
    WRONG_SHAPE("ATELIER-TENSOR-0003", Status.INVALID_ARGUMENT, "The graph's input cannot have this shape."),
    WRONG_LENGTH("ATELIER-TENSOR-0004", Status.INVALID_ARGUMENT, "The values do not fill the input's shape."),
    REFUSED_BY_GRAPH("ATELIER-TENSOR-0005", Status.INVALID_ARGUMENT, "The graph cannot be run with these values."),
    UNSUPPORTED_PARAMETER(
            "ATELIER-TENSOR-0006", Status.INVALID_ARGUMENT, "A parameter asks for what is not done here."),
    NOT_IN_JSON(
            "ATELIER-TENSOR-0007", Status.FAILED_PRECONDITION, "An output has a value that JSON has no number for."),

    UNKNOWN_ARTIFACT("ATELIER-ARTIFACT-0001", Status.NOT_FOUND, "No artifact of this id is stored."),
    QUOTA_EXCEEDED("ATELIER-ARTIFACT-0002", Status.RESOURCE_EXHAUSTED, "The artifact store's quota is used up."),
    STORE_UNAVAILABLE("ATELIER-ARTIFACT-0003", Status.UNAVAILABLE, "The artifact store cannot be reached."),
    DIGEST_MISMATCH("ATELIER-ARTIFACT-0004", Status.INVALID_ARGUMENT, "The bytes do not have the digest they claim."),

    UNKNOWN_LABEL("ATELIER-IMAGE-0001", Status.INVALID_ARGUMENT, "The model has no class of this label."),
    NOT_A_PICTURE("ATELIER-IMAGE-0002", Status.INVALID_ARGUMENT, "The bytes are no PNG or JPEG picture."),
    UNSUPPORTED_SIZE("ATELIER-IMAGE-0003", Status.INVALID_ARGUMENT, "The model cannot make pictures of this size."),
    UNSUPPORTED_FIELD("ATELIER-IMAGE-0004", Status.INVALID_ARGUMENT, "The model has no use for this field."),

    NO_ENVELOPE("ATELIER-EVENT-0001", Status.INVALID_ARGUMENT, "The record is no CloudEvents 1.0 event."),
    UNKNOWN_TYPE("ATELIER-EVENT-0002", Status.INVALID_ARGUMENT, "No service here handles this event type."),
    UNDECODABLE("ATELIER-EVENT-0003", Status.INVALID_ARGUMENT, "The data does not parse as its content type."),
    DATAREF_REFUSED("ATELIER-EVENT-0004", Status.INVALID_ARGUMENT, "A request may not carry a dataref."),
    RETRIES_EXHAUSTED("ATELIER-EVENT-0005", Status.DEADLINE_EXCEEDED, "Retried until the job's limit, in vain."),

    UNKNOWN_JOB("ATELIER-TRAINING-0001", Status.NOT_FOUND, "No training job of this id is here."),
    JOB_NOT_ENDED("ATELIER-TRAINING-0002", Status.FAILED_PRECONDITION, "The training job has not ended yet."),
    TRAINING_STUCK(
            "ATELIER-TRAINING-0003", Status.INTERNAL, "A training was lost again and again without a step forward."),
    LEDGER_UNAVAILABLE("ATELIER-TRAINING-0004", Status.UNAVAILABLE, "The training ledger cannot be reached."),
    DATA_MISSING(
            "ATELIER-TRAINING-0005",
            Status.INVALID_ARGUMENT,
            "The training data is not there, or holds nothing to learn from."),
    DATA_CORRUPT(
            "ATELIER-TRAINING-0006", Status.INVALID_ARGUMENT, "A file or record of the training data cannot be used."),
    LABEL_OUT_OF_RANGE(
            "ATELIER-TRAINING-0007", Status.INVALID_ARGUMENT, "A record of the training data has no class's label."),
    DATA_NOT_UTF8("ATELIER-TRAINING-0008", Status.INVALID_ARGUMENT, "A text of the training data is not UTF-8."),
    DIVERGED(
            "ATELIER-TRAINING-0009",
            Status.FAILED_PRECONDITION,
            "A loss was no finite number; the last checkpoint is kept."),
    DISK_FULL(
            "ATELIER-TRAINING-0010",
            Status.RESOURCE_EXHAUSTED,
            "The disk has no room for the training's files; the last checkpoint is kept."),
    OUT_OF_MEMORY(
            "ATELIER-TRAINING-0011",
            Status.RESOURCE_EXHAUSTED,
            "The training needs more memory than it may have; the last checkpoint is kept."),
    UNKNOWN_RECIPE("ATELIER-TRAINING-0012", Status.INVALID_ARGUMENT, "No recipe of this name is here."),
    NOTHING_TO_RESUME("ATELIER-TRAINING-0013", Status.FAILED_PRECONDITION, "The job has left nothing to go on from."),
    RECIPES_UNAVAILABLE("ATELIER-TRAINING-0014", Status.INTERNAL, "The training program does not tell its recipes."),
    CLUSTER_REFUSED("ATELIER-TRAINING-0015", Status.FAILED_PRECONDITION, "The cluster does not start the training."),
    CLUSTER_UNAVAILABLE("ATELIER-TRAINING-0016", Status.UNAVAILABLE, "The cluster cannot be reached."),
    RUNS_UNAVAILABLE(
            "ATELIER-TRAINING-0017",
            Status.UNAVAILABLE,
            "The object store of a training's run or data cannot be reached."),
    BROKEN_RUN(
            "ATELIER-TRAINING-0018", Status.DATA_LOSS, "What is kept of a run in an object store is not what was put.");

    private final String id;
    private final Status status;
    private final String meaning;

    ErrorCode(String id, Status status, String meaning) {
        this.id = id;
        this.status = status;
        this.meaning = meaning;
    }

    /** The stable id, {@code ATELIER-<AREA>-<NNNN>}. */
    public String id() {
        return id;
    }

    public Status status() {
        return status;
    }

    /** One sentence for the reference. */
    public String meaning() {
        return meaning;
    }
}
