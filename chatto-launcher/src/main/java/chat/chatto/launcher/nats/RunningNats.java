package chat.chatto.launcher.nats;

import chat.chatto.launcher.config.Secret;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The nats-server that a running Chatto keeps on a data directory, as others on this machine can use it.
 *
 * @param url where clients connect to
 * @param token what they authenticate with
 * @param syncInterval when it writes through to the disk; {@code always} means before it acknowledges
 * @param freeBytes what is left on its disk
 * @param totalBytes the size of its disk
 */
public record RunningNats(
        String url, Secret token, String syncInterval, long freeBytes, long totalBytes) {

    /**
     * Finds it by what its Chatto wrote for it.
     *
     * @throws EmbeddedNatsException saying what to do when none runs, or its files cannot be read
     */
    public static RunningNats find(Path dataDirectory) {
        ServerFiles files = new ServerFiles(dataDirectory);
        try {
            if (Files.isRegularFile(files.configuration())
                    && LeftoverServer.find(files.pid(), files.configuration()).isPresent()) {
                return parse(
                        Files.readString(files.configuration()), Files.getFileStore(dataDirectory));
            }
        } catch (IOException e) {
            throw new EmbeddedNatsException(
                    files.configuration()
                            + " cannot be read: run this as the user that Chatto runs as ("
                            + e
                            + ")",
                    e);
        }
        throw new EmbeddedNatsException(
                "no Chatto runs on the data directory "
                        + dataDirectory
                        + ", and its NATS only runs with it: start \"chatto serve\" and ask again,"
                        + " as the same user; or name another directory with --data-dir"
                        + " (nats.embedded.data_dir), or a cluster with --nats-url"
                        + " (nats.client.url)");
    }

    private static RunningNats parse(String configuration, FileStore disk) throws IOException {
        String host = ServerFiles.clientHost(value(configuration, "host: \"([^\"]+)\""));
        return new RunningNats(
                "nats://" + host + ":" + value(configuration, "port: (\\d+)"),
                new Secret(unquoted(value(configuration, "token: \"((?:[^\"\\\\]|\\\\.)+)\""))),
                value(configuration, "sync_interval: \"([^\"]+)\""),
                disk.getUsableSpace(),
                disk.getTotalSpace());
    }

    private static String value(String configuration, String line) {
        Matcher match = Pattern.compile(line).matcher(configuration);
        return Optional.of(match)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .orElseThrow(
                        () ->
                                new EmbeddedNatsException(
                                        "the configuration of nats-server was changed; restart"
                                                + " Chatto, which writes it anew"));
    }

    private static String unquoted(String text) {
        return text.replaceAll("\\\\(.)", "$1");
    }
}
