package io.github.kmsjca.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.config.SettingSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KmsLoadStoreParameterTest {
    @Test
    void with_sameSettingTwice_lastValueCountsAndTheFirstParameterIsUnchanged() {
        KmsLoadStoreParameter first = KmsLoadStoreParameter.ofDiscovery().with("region", "eu-west-1");
        KmsLoadStoreParameter both = first.with("attempts", "2").with("region", "eu-west-2");
        KmsSettings settings = KmsSettings.from(List.of(SettingSource.parameter(both)));
        assertEquals(Optional.of("eu-west-2"), settings.region());
        assertEquals(2, settings.attempts());
        assertEquals(
                4, KmsSettings.from(List.of(SettingSource.parameter(first))).attempts());
    }

    @Test
    void with_unknownOrWrongSetting_isRefusedOnLoad() {
        KmsLoadStoreParameter parameter = KmsLoadStoreParameter.ofDiscovery();
        assertEquals(
                "load parameter: unknown setting 'regoin'; did you mean 'region'?",
                assertThrows(
                                SettingsException.class,
                                () -> SettingSource.parameter(parameter.with("regoin", "eu-west-1")))
                        .getMessage());
        assertEquals(
                "load parameter: attempts=0 is not a whole number from 1 to 100",
                assertThrows(SettingsException.class, () -> SettingSource.parameter(parameter.with("attempts", "0")))
                        .getMessage());
    }

    @Test
    void with_settingWithoutEffect_isRefused() {
        KmsLoadStoreParameter discovery = KmsLoadStoreParameter.ofDiscovery().with("keys", "alias/a");
        KmsLoadStoreParameter file = KmsLoadStoreParameter.ofFile(Path.of("release.awskms"));
        assertThrows(SettingsException.class, () -> SettingSource.parameter(discovery.with("adopt", "alias/a")));
        assertThrows(SettingsException.class, () -> SettingSource.parameter(file.with("keys", "alias/a")));
    }

    @Test
    void file_ofFile_returnsTheFile() {
        Path file = Path.of("release.awskms");
        assertEquals(
                Optional.of(file),
                KmsLoadStoreParameter.ofFile(file).with("attempts", "1").file());
        assertEquals(Optional.empty(), KmsLoadStoreParameter.ofDiscovery().file());
    }

    @Test
    void getProtectionParameter_isNull() {
        assertNull(KmsLoadStoreParameter.ofDiscovery().getProtectionParameter());
    }
}
