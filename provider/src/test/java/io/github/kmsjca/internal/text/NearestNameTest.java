package io.github.kmsjca.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.internal.config.Setting;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    @ParameterizedTest
    @CsvSource({
        "regoin, region",
        "Region, region",
        "kyes, keys",
        "attempt-timeuot, attempt-timeout",
        "call_timeout, call-timeout",
        "verify-after-signing, verify-after-sign",
        "certificate, certificates",
        "password,",
        "x,",
    })
    void of_name_isTheNearestSettingIfItIsSimilar(String name, String expected) {
        assertEquals(Optional.ofNullable(expected), NearestName.of(name, Setting.names()));
    }

    @Property(tries = 200)
    void distance_anyTexts_isSymmetricAndZeroOnlyForEqualTexts(
            @ForAll @StringLength(max = 8) String first, @ForAll @StringLength(max = 8) String second) {
        assertEquals(NearestName.distance(first, second), NearestName.distance(second, first));
        assertEquals(first.equals(second), NearestName.distance(first, second) == 0);
    }
}
