package dev.callout.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void anybodyMayEnter() throws Exception {
        rights(folder, "rwxr-xr-x");
        file = Files.writeString(
                folder.resolve("callout.properties"),
                """
                callout.db.password=s3cret
                callout.http.token=0123456789abcdef
                callout.switch.fs1.password=ClueCon
                camel.component.kafka.sasl-password={{env:KAFKA}}
                callout.db.user=dialler
                """);
    }

    private static void rights(Path path, String rights) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }

    @Test
    void passwordsThatEverybodyMayReadAreToldByTheirKeys() throws Exception {
        rights(file, "rw-r--r--");
        assertThat(SecretFile.findings(file))
                .singleElement()
                .hasToString("WARN  settings: every user of this machine can read "
                        + file + ", which holds callout.db.password, callout.http.token -> chmod o-r " + file
                        + ", so that only its owner and group can read it; or set passwords by environment variables");
    }

    @Test
    void whatOnlyTheOwnerOrGroupReachIsWell() throws Exception {
        rights(file, "rw-r-----");
        assertThat(SecretFile.findings(file)).isEmpty();
        rights(file, "rw-r--r--");
        rights(folder, "rwxr-x---");
        assertThat(SecretFile.findings(file)).isEmpty();
    }

    @Test
    void fileWithoutASecretAndNoFileAreWell() throws Exception {
        rights(Files.writeString(file, "callout.switch.fs1.password=ClueCon\ncallout.db.password=\n"), "rw-r--r--");
        assertThat(SecretFile.findings(file, folder.resolve("none"))).isEmpty();
    }
}
