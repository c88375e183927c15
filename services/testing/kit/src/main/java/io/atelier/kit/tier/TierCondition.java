package io.atelier.kit.tier;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips, or fails, what needs a tier that is not here. */
final class TierCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), Needs.class)
                .map(needs -> judge(needs.value(), System.getenv().getOrDefault("ATELIER_REQUIRE", "")))
                .orElseGet(() -> ConditionEvaluationResult.enabled("needs nothing"));
    }

    static ConditionEvaluationResult judge(Tier tier, String atelierRequire) {
        if (tier.isHere()) {
            return ConditionEvaluationResult.enabled(tier.id() + " is here");
        }
        String reason = "Skipped tier " + tier.id() + ": needs " + tier.remedy();
        if (tier.isRequired(atelierRequire)) {
            throw new IllegalStateException(reason + "; ATELIER_REQUIRE names it, so this is a failure");
        }
        return ConditionEvaluationResult.disabled(reason);
    }
}
