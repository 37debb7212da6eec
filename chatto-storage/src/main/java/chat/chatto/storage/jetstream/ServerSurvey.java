package chat.chatto.storage.jetstream;

import chat.chatto.storage.StorageReport.Identity;
import chat.chatto.storage.StorageReport.Server;

import io.nats.client.api.ServerInfo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Visits each server of the cluster: a connection to one of them says nothing of the others' versions. For one thread. */
final class ServerSurvey {

    private static final Logger log = LoggerFactory.getLogger(ServerSurvey.class);

    /** How many servers beyond those configured are visited. */
    private static final int MOST_OTHERS = 16;

    private final JetStreamConfig config;
    private final List<URI> monitors;
    private final Set<String> known = new HashSet<>();
    private final Set<String> others = new LinkedHashSet<>();

    ServerSurvey(JetStreamConfig config, List<URI> monitors) {
        this.config = config;
        this.monitors = monitors;
    }

    List<Server> look() {
        Map<String, MonitoringPage> pages = monitoring();
        List<Server> servers = new ArrayList<>();
        String scheme = ServerAddress.parse(config.urls().getFirst()).scheme();
        for (String url : config.urls()) {
            visit(ServerAddress.parse(url), pages).ifPresent(servers::add);
        }
        others.stream()
                .limit(MOST_OTHERS)
                .map(other -> ServerAddress.parse(scheme + "://" + other))
                // What servers say of each other may be true only on their own network.
                .flatMap(
                        address ->
                                visit(address, pages)
                                        .filter(server -> server.identity().isPresent())
                                        .stream())
                .forEach(servers::add);
        pages.values().forEach(page -> servers.add(page.server()));
        return servers;
    }

    /** @return empty for a server that was visited under another address */
    private Optional<Server> visit(ServerAddress address, Map<String, MonitoringPage> pages) {
        try {
            Greeting greeting = Greeting.from(address, NatsConnections.CONNECT_TIMEOUT);
            others.addAll(greeting.others());
            return known.add(greeting.id())
                    ? Optional.of(
                            new Server(
                                    address.toString(),
                                    new Reachability(config)
                                            .look(address)
                                            .map(Reachability.Trouble::text),
                                    Optional.of(identity(greeting.name(), greeting.version())),
                                    Optional.ofNullable(pages.remove(greeting.id()))
                                            .map(MonitoringPage::monitoring)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    new Server(
                            address.toString(),
                            Optional.of(address + " " + Reachability.describe(e)),
                            Optional.empty(),
                            Optional.empty()));
        }
    }

    static Identity identity(String name, String version) {
        ServerInfo info = new ServerInfo("INFO {\"version\":\"" + version + "\"}");
        return new Identity(
                name, version, !info.isSameOrNewerThanVersion(TopologyReconciler.OLDEST_SERVER));
    }

    /** By server id. */
    private Map<String, MonitoringPage> monitoring() {
        Map<String, MonitoringPage> pages = new LinkedHashMap<>();
        for (URI monitor : monitors) {
            try {
                MonitoringPage page = MonitoringPage.fetch(monitor);
                pages.put(page.serverId(), page);
            } catch (IOException e) {
                log.warn("The monitoring of NATS at {} cannot be read: {}", monitor, e.toString());
            }
        }
        return pages;
    }
}
