package chat.chatto.launcher.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The secret of a server whose operator configured none: made once and kept beside the data that it protects. Only for the embedded
 * NATS; servers that share a cluster must share a secret too, so there it has to be configured.
 */
public final class SecretsFile {

    private static final String NAME = "secrets.toml";

    private SecretsFile() {}

    /** The kept secret, made now if there is none yet. The caller holds the data directory's lock. */
    public static Secret secretKey(Path dataDirectory) {
        Path file = dataDirectory.resolve(NAME);
        try {
            OwnerOnlyFile.createDirectories(dataDirectory);
            if (!Files.exists(file)) {
                OwnerOnlyFile.replace(file, content(Secret.random()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep secrets in " + file + ": " + e, e);
        }
        return read(file);
    }

    private static Secret read(Path file) {
        Problems problems = new Problems();
        Settings settings = Settings.merge(TomlFile.read(file, problems), List.of());
        problems.throwIfAny();
        return settings.find(Keys.CORE_SECRET_KEY)
                .orElseThrow(
                        () ->
                                new ConfigurationException(
                                        List.of(
                                                file
                                                        + ": core.secret_key is missing; restore"
                                                        + " the file")));
    }

    private static String content(Secret secretKey) {
        return """
        # Made by Chatto at its first start, because core.secret_key was not configured.
        # The data beside this file cannot be read without it: keep it, and keep it secret.
        [core]
        secret_key = "%s"
        """
                .formatted(secretKey.value());
    }
}
