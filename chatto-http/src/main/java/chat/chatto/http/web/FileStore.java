package chat.chatto.http.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The web client's files, from a folder of the class path. Each is read once and kept: together they are small. Safe for use by many
 * threads.
 */
public final class FileStore {

    /** Every file has an extension, and no segment starts with a dot: nothing outside of the folder can be named. */
    private static final Pattern FILE =
            Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+\\.[A-Za-z0-9]+");

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("mjs", "text/javascript; charset=utf-8"),
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("wasm", "application/wasm"),
                    Map.entry("txt", "text/plain; charset=utf-8"));

    private final String folder;
    private final Map<String, WebFile> loaded = new ConcurrentHashMap<>();

    /** @param folder of the class path, without slashes around it */
    public FileStore(String folder) {
        this.folder = folder;
    }

    /** The file at a path that starts with a slash. */
    Optional<WebFile> find(String path) {
        if (!FILE.matcher(path).matches() || path.contains("..")) {
            return Optional.empty();
        }
        WebFile known = loaded.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<WebFile> read = read(path);
        read.ifPresent(file -> loaded.put(path, file));
        return read;
    }

    private Optional<WebFile> read(String path) {
        return content(path)
                .map(
                        content ->
                                new WebFile(
                                        contentType(path),
                                        hash(content),
                                        ByteBuffer.wrap(content),
                                        encodings(path)));
    }

    private List<WebFile.Encoded> encodings(String path) {
        List<WebFile.Encoded> encodings = new ArrayList<>();
        content(path + ".br")
                .ifPresent(it -> encodings.add(new WebFile.Encoded("br", ByteBuffer.wrap(it))));
        content(path + ".gz")
                .ifPresent(it -> encodings.add(new WebFile.Encoded("gzip", ByteBuffer.wrap(it))));
        return List.copyOf(encodings);
    }

    private Optional<byte[]> content(String path) {
        try (InputStream in = FileStore.class.getResourceAsStream('/' + folder + path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("A file of the web client cannot be read: " + path, e);
        }
    }

    private static String contentType(String path) {
        String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
