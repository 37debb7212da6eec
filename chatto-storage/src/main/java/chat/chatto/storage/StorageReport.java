package chat.chatto.storage;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What storage looked like at one moment.
 *
 * @param servers those configured, in that order, then others of the same cluster that they name
 * @param oldestVersion the oldest version of a server that the product works with
 * @param resources everything that the product stores in, in the order in which it is created
 * @param quotas what the account may use, where that is limited
 * @param clocks by server: how far its clock is ahead of this machine's, negative when it is behind; as exact as a round trip
 */
public record StorageReport(
        List<Server> servers,
        String oldestVersion,
        List<Resource> resources,
        List<Quota> quotas,
        Map<String, Duration> clocks) {

    public StorageReport {
        servers = List.copyOf(servers);
        resources = List.copyOf(resources);
        quotas = List.copyOf(quotas);
        clocks = Map.copyOf(clocks);
    }

    /**
     * One server of the cluster.
     *
     * @param address host and port
     * @param trouble why it cannot be used from here, for people
     * @param identity who it is, when it answers
     * @param monitoring what its monitoring tells, where that can be asked
     */
    public record Server(
            String address,
            Optional<String> trouble,
            Optional<Identity> identity,
            Optional<Monitoring> monitoring) {

        public String name() {
            return identity.map(Identity::name).orElse(address);
        }
    }

    /**
     * Who a server says it is.
     *
     * @param tooOld whether it is older than {@link StorageReport#oldestVersion}
     */
    public record Identity(String name, String version, boolean tooOld) {}

    /**
     * What a server's monitoring tells.
     *
     * @param syncInterval how often it writes through to the disk, as its configuration has it; {@code always} means before it acknowledges
     * @param quotas how full the server is
     */
    public record Monitoring(String syncInterval, List<Quota> quotas) {
        public Monitoring {
            quotas = List.copyOf(quotas);
        }
    }

    /**
     * How much of something is used.
     *
     * @param of what, for people
     * @param used bytes
     * @param limit bytes, more than 0
     */
    public record Quota(String of, long used, long limit) {

        /** 1 is full. */
        public double share() {
            return (double) used / limit;
        }
    }

    /** What a resource is to those who use it. */
    public enum Kind {
        LOG,
        KEY_VALUE,
        OBJECTS
    }

    /**
     * One stream, bucket or object store.
     *
     * @param name as operators see it
     * @param inMemory whether it should be in memory
     * @param replicas how many there should be
     * @param maximumAge how long it should keep what it holds, zero for ever
     */
    public record Resource(
            String name,
            Kind kind,
            boolean inMemory,
            int replicas,
            Duration maximumAge,
            Condition condition) {}

    /** How a resource is. */
    public sealed interface Condition {

        /** It does not exist. */
        record Missing() implements Condition {}

        /** Nobody answers for it. */
        record Unanswered(String why) implements Condition {}

        /**
         * It is there.
         *
         * @param leader the server that answers for it; empty when there is none at the moment
         * @param followers its other replicas
         * @param records how many messages it holds
         * @param bytes how large they are
         */
        record Present(
                boolean inMemory,
                int replicas,
                Duration maximumAge,
                Optional<String> leader,
                List<Follower> followers,
                long records,
                long bytes)
                implements Condition {
            public Present {
                followers = List.copyOf(followers);
            }

            /** How many operations the slowest follower is behind. */
            public long worstLag() {
                return followers.stream().mapToLong(Follower::lag).max().orElse(0);
            }
        }
    }

    /**
     * A replica that follows the leader.
     *
     * @param offline whether the cluster has given it up for now, which takes a while
     * @param current whether it has, or nearly has, what the leader has
     * @param silence for how long the leader has not heard of it, about a second at most when all is well; empty when it has not since it
     *     became the leader
     * @param lag operations that it is behind
     */
    public record Follower(
            String server,
            boolean offline,
            boolean current,
            Optional<Duration> silence,
            long lag) {}
}
