package chat.chatto.storage.jetstream;

import chat.chatto.storage.StorageReport.Monitoring;
import chat.chatto.storage.StorageReport.Quota;
import chat.chatto.storage.StorageReport.Server;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a nats-server tells on its monitoring port, under {@code /varz}. */
record MonitoringPage(URI address, String serverId, Server server, Monitoring monitoring) {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** nats-server's own default. */
    private static final String DEFAULT_SYNC_INTERVAL = "2m";

    /** @throws IOException when there is no answer, or not the expected one */
    static MonitoringPage fetch(URI address) throws IOException {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(address.resolve("/varz"))
                                    .timeout(PATIENCE)
                                    .build(),
                            BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("its answer has the status " + answer.statusCode());
            }
            return parse(address, JsonParser.parseString(answer.body()).getAsJsonObject());
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("what answers there is not the monitoring of NATS", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static MonitoringPage parse(URI address, JsonObject page) {
        Monitoring monitoring = monitoring(page);
        String name = page.get("server_name").getAsString();
        Server server =
                new Server(
                        address.getAuthority(),
                        Optional.empty(),
                        Optional.of(ServerSurvey.identity(name, page.get("version").getAsString())),
                        Optional.of(monitoring));
        return new MonitoringPage(address, page.get("server_id").getAsString(), server, monitoring);
    }

    private static Monitoring monitoring(JsonObject page) {
        JsonObject jetStream = object(page, "jetstream");
        JsonObject config = object(jetStream, "config");
        JsonObject use = object(jetStream, "stats");
        List<Quota> quotas = new ArrayList<>();
        StreamSurvey.add(quotas, "the disk", use, "storage", config, "max_storage");
        StreamSurvey.add(quotas, "the memory", use, "memory", config, "max_memory");
        return new Monitoring(syncInterval(config), quotas);
    }

    private static String syncInterval(JsonObject config) {
        if (config.has("sync_always") && config.get("sync_always").getAsBoolean()) {
            return "always";
        }
        return config.has("sync_interval")
                ? Duration.ofNanos(config.get("sync_interval").getAsLong()).toSeconds() + "s"
                : DEFAULT_SYNC_INTERVAL;
    }

    private static JsonObject object(JsonObject parent, String field) {
        return parent.has(field) ? parent.getAsJsonObject(field) : new JsonObject();
    }
}
