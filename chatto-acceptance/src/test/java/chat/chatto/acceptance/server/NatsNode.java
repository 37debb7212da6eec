package chat.chatto.acceptance.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A node of a real cluster with the configuration that the distribution has for it, in which nothing but places is replaced. */
public final class NatsNode implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Place place;
    private final Process process;

    /** Where a node is: its ports on the loopback interface. */
    public record Place(String name, int port, int clusterPort, int monitoringPort) {

        static Place free(String name) {
            return new Place(name, Ports.free(), Ports.free(), Ports.free());
        }
    }

    private NatsNode(Place place, Process process) {
        this.place = place;
        this.process = process;
    }

    /**
     * Starts all three.
     *
     * @param directory an existing one for what they store and say
     * @param environment variables that the configurations read
     */
    public static List<NatsNode> startCluster(Path directory, Map<String, String> environment) {
        List<Place> places =
                List.of(Place.free("nats-1"), Place.free("nats-2"), Place.free("nats-3"));
        List<NatsNode> nodes = new ArrayList<>();
        for (Place place : places) {
            nodes.add(start(place, places, directory, environment));
        }
        return nodes;
    }

    private static NatsNode start(
            Place place, List<Place> all, Path directory, Map<String, String> environment) {
        try {
            Path own = Files.createDirectory(directory.resolve(place.name()));
            Path configuration =
                    Files.writeString(own.resolve("nats.conf"), configuration(place, all, own));
            ProcessBuilder builder =
                    new ProcessBuilder(
                                    Distribution.file("bin/nats-server").toString(),
                                    "--config",
                                    configuration.toString())
                            .redirectInput(new File("/dev/null"))
                            .redirectErrorStream(true)
                            .redirectOutput(own.resolve("output.log").toFile());
            builder.environment().putAll(environment);
            return new NatsNode(place, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String configuration(Place place, List<Place> all, Path directory)
            throws IOException {
        String text = Files.readString(Distribution.file("nats/" + place.name() + ".conf"));
        assertThat(text).contains("server_name: " + place.name() + "\n");
        text = replace(text, "/data/jetstream", directory.resolve("jetstream").toString());
        text = replace(text, "0.0.0.0:4222", "127.0.0.1:" + place.port());
        text = replace(text, "0.0.0.0:6222", "127.0.0.1:" + place.clusterPort());
        text = replace(text, "127.0.0.1:8222", "127.0.0.1:" + place.monitoringPort());
        for (Place other : all) {
            text = replace(text, other.name() + ":6222", "127.0.0.1:" + other.clusterPort());
        }
        return text;
    }

    private static String replace(String text, String placeholder, String replacement) {
        assertThat(text).contains(placeholder);
        return text.replace(placeholder, replacement);
    }

    public String name() {
        return place.name();
    }

    /** Where clients connect to. */
    public String address() {
        return "127.0.0.1:" + place.port();
    }

    /** What the node says about itself on a path of its monitoring interface. */
    public JsonObject monitor(String path) {
        URI uri = URI.create("http://127.0.0.1:" + place.monitoringPort() + path);
        try (var input = uri.toURL().openStream()) {
            return JsonParser.parseString(new String(input.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to hand over and end, as the unit and the compose file do, and returns its exit code. */
    public int handOver() {
        signal("USR2");
        return awaitEnd();
    }

    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private int awaitEnd() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("%s ends within %s", place.name(), PATIENCE)
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while a node ends", e);
        }
    }

    private void signal(String name) {
        try {
            Process kill =
                    new ProcessBuilder("sh", "-c", "kill -s " + name + " " + process.pid()).start();
            assertThat(kill.waitFor()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while signalling a node", e);
        }
    }
}
