package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.config.KeyId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers why keys could not be used: because they do not exist, or for another reason. Thread-safe. */
final class ExistenceCache {
    /** How long an answer is kept. This time is short, because somebody may create the key or give a permission. */
    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private final Map<KeyId, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(boolean isMissing, long nanoTime) {
        boolean isOld() {
            return System.nanoTime() - nanoTime > LIFETIME.toNanos();
        }
    }

    /** Returns whether KMS said that the key does not exist; empty if nothing is remembered. */
    Optional<Boolean> isMissing(KeyId id) {
        return Optional.ofNullable(answers.get(id))
                .filter(answer -> !answer.isOld())
                .map(Answer::isMissing);
    }

    void note(KeyId id, boolean isMissing) {
        answers.values().removeIf(Answer::isOld);
        answers.put(id, new Answer(isMissing, System.nanoTime()));
    }
}
