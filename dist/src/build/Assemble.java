import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Completes the distribution's directory, in which Maven has put the libraries: scripts, nats-server, a Java runtime of just the modules
 * that are used, and a cache that shortens the start. What is already there and right is kept.
 *
 * <p>Usage: {@code Assemble.java DIST_MODULE HOME JAR_TIME}, on the JDK that the runtime is made from.
 */
class Assemble {

    /** What the product and its libraries use. */
    private static final String MODULES =
            String.join(
                    ",",
                    "java.base",
                    "java.desktop",
                    "java.logging",
                    "java.management",
                    "java.naming",
                    "java.net.http",
                    "java.security.jgss",
                    "java.sql",
                    "java.xml",
                    "jdk.crypto.ec",
                    "jdk.jfr",
                    "jdk.localedata",
                    "jdk.management",
                    "jdk.net",
                    "jdk.unsupported",
                    "jdk.zipfs");

    /** Folders for operators, copied as they are. */
    private static final List<String> EXAMPLES = List.of("compose", "nats", "proxy", "systemd");

    private static final int TRAINING_LIMIT_SECONDS = 300;

    private final Path module;
    private final Path home;
    private final FileTime jarTime;

    private Assemble(Path module, Path home, FileTime jarTime) {
        this.module = module;
        this.home = home;
        this.jarTime = jarTime;
    }

    public static void main(String[] arguments) throws Exception {
        FileTime jarTime = FileTime.from(Instant.parse(arguments[2]));
        new Assemble(Path.of(arguments[0]), Path.of(arguments[1]), jarTime).run();
    }

    private void run() throws Exception {
        copyFiles();
        copyNatsServer();
        keepOnlyLibrariesInUse();
        linkRuntime();
        writeExample();
        trainStart();
    }

    private void copyFiles() throws IOException {
        copy(module.resolve("src/bin/chatto"), home.resolve("bin/chatto"), "rwxr-xr-x");
        for (String folder : EXAMPLES) {
            for (Path file : list(module.resolve("src").resolve(folder))) {
                String mode = file.toString().endsWith(".sh") ? "rwxr-xr-x" : "rw-r--r--";
                copy(file, home.resolve(folder).resolve(file.getFileName()), mode);
            }
        }
        copy(
                module.resolve("../docs/production.md"),
                home.resolve("docs/production.md"),
                "rw-r--r--");
        copy(module.resolve("src/README.md"), home.resolve("README.md"), "rw-r--r--");
    }

    private static void copy(Path from, Path to, String mode) throws IOException {
        Files.createDirectories(to.getParent());
        // A program that runs cannot be written to, but replaced.
        Path draft = to.resolveSibling(to.getFileName() + ".new");
        Files.copy(from, draft, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString(mode));
        Files.move(draft, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void copyNatsServer() throws Exception {
        Process process =
                new ProcessBuilder(module.resolve("../build/nats-server").normalize().toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String path = new String(process.getInputStream().readAllBytes()).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("nats-server is missing, see above");
        }
        copy(Path.of(path), home.resolve("bin/nats-server"), "rwxr-xr-x");
    }

    /** Those that the launcher's manifest names; others are left from an earlier version. */
    private void keepOnlyLibrariesInUse() throws IOException {
        List<String> used;
        Path launcher = launcher();
        try (JarFile jar = new JarFile(launcher.toFile())) {
            used =
                    Arrays.asList(
                            jar.getManifest()
                                    .getMainAttributes()
                                    .getValue(Attributes.Name.CLASS_PATH)
                                    .split(" "));
        }
        for (Path library : list(home.resolve("lib"))) {
            String name = library.getFileName().toString();
            if (name.endsWith(".jar") && !library.equals(launcher) && !used.contains(name)) {
                Files.delete(library);
            } else if (name.endsWith(".jar")) {
                Files.setLastModifiedTime(library, jarTime);
            }
        }
        for (String name : used) {
            if (Files.notExists(home.resolve("lib").resolve(name))) {
                throw new IllegalStateException("lib/" + name + " is missing");
            }
        }
    }

    private Path launcher() throws IOException {
        return list(home.resolve("lib")).stream()
                .filter(library -> library.getFileName().toString().startsWith("chatto-launcher-"))
                .findFirst()
                .orElseThrow();
    }

    private void linkRuntime() throws IOException {
        Path runtime = home.resolve("runtime");
        Path made = home.resolve("runtime/made-of");
        String wanted = Runtime.version() + " " + MODULES;
        if (Files.exists(made) && Files.readString(made).equals(wanted)) {
            return;
        }
        delete(runtime);
        int exit =
                ToolProvider.findFirst("jlink")
                        .orElseThrow()
                        .run(
                                System.out,
                                System.err,
                                "--add-modules",
                                MODULES,
                                "--no-header-files",
                                "--no-man-pages",
                                "--strip-debug",
                                "--compress",
                                "zip-6",
                                "--generate-cds-archive",
                                "--output",
                                runtime.toString());
        if (exit != 0) {
            throw new IllegalStateException("jlink failed, see above");
        }
        Files.writeString(made, wanted);
    }

    /** What {@code chatto init} writes, but without a secret: that must not be the same for everybody. */
    private void writeExample() throws Exception {
        Path example = home.resolve("conf/chatto.toml");
        Files.createDirectories(example.getParent());
        Files.deleteIfExists(example);
        int exit =
                new ProcessBuilder(
                                home.resolve("bin/chatto").toString(),
                                "init",
                                "--config",
                                example.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("chatto init failed, see above");
        }
        String text = Files.readString(example);
        Files.writeString(
                example,
                text.replaceAll(
                        "(?m)^secret_key = .*$",
                        "# secret_key = \"\"               # \"chatto init\" makes one"));
        Files.setPosixFilePermissions(example, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** Runs the product once, so that the JVM writes down what it loaded, linked and profiled for the next starts. */
    private void trainStart() throws Exception {
        Path cache = home.resolve("lib/chatto.aot");
        Path trainedOn = home.resolve("lib/chatto.aot.for");
        String fingerprint = fingerprint();
        if (Files.exists(cache)
                && Files.exists(trainedOn)
                && Files.readString(trainedOn).equals(fingerprint)) {
            return;
        }
        Files.deleteIfExists(cache);
        Path data = Files.createTempDirectory("chatto-training");
        try {
            train(cache, data);
            Files.writeString(trainedOn, fingerprint);
        } finally {
            delete(data);
        }
    }

    private void train(Path cache, Path data) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(
                        home.resolve("bin/chatto").toString(),
                        "serve",
                        "--port",
                        "0",
                        "--data-dir",
                        data.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("CHATTO_"));
        builder.environment().put("CHATTO_JAVA_OPTS", "-XX:AOTCacheOutput=" + cache);
        // So that no chatto.toml of the developer's is read.
        builder.directory(data.toFile()).redirectErrorStream(true);
        Process process = builder.start();
        Thread.ofPlatform().daemon().start(() -> endAtLimit(process));
        StringBuilder output = new StringBuilder();
        try (var reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.append(line).append('\n');
                if (line.contains("Chatto is ready")) {
                    // Unlike Process.destroy this leaves the output open.
                    process.toHandle().destroy();
                }
            }
        }
        process.waitFor();
        if (Files.notExists(cache)) {
            throw new IllegalStateException("the training run failed:\n" + output);
        }
    }

    private static void endAtLimit(Process process) {
        try {
            if (!process.waitFor(TRAINING_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.toHandle().destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.toHandle().destroyForcibly();
        }
    }

    private String fingerprint() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(Files.readAllBytes(home.resolve("runtime/made-of")));
        digest.update(Files.readAllBytes(home.resolve("bin/chatto")));
        for (Path library : list(home.resolve("lib"))) {
            if (library.toString().endsWith(".jar")) {
                digest.update(library.getFileName().toString().getBytes());
                digest.update(Files.readAllBytes(library));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path each, IOException failure)
                            throws IOException {
                        if (failure != null) {
                            throw new UncheckedIOException(failure);
                        }
                        Files.delete(each);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
