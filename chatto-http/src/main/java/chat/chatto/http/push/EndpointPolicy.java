package chat.chatto.http.push;

import chat.chatto.http.routing.AddressRange;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where messages to push services may go: addresses come from browsers, and must not make this server a door into its own network.
 *
 * @param schemes in lower case
 * @param addresses those that a name may stand for
 */
public record EndpointPolicy(Set<String> schemes, Predicate<InetAddress> addresses) {

    /** What is neither private nor special, but for what {@link InetAddress} knows itself. */
    private static final List<AddressRange> SPECIAL =
            Stream.of(
                            "0.0.0.0/8",
                            "100.64.0.0/10",
                            "192.0.0.0/24",
                            "192.0.2.0/24",
                            "192.88.99.0/24",
                            "198.18.0.0/15",
                            "198.51.100.0/24",
                            "203.0.113.0/24",
                            "240.0.0.0/4",
                            "::/96",
                            "64:ff9b::/96",
                            "64:ff9b:1::/48",
                            "100::/64",
                            "2001::/23",
                            "2001:db8::/32",
                            "2002::/16",
                            "fc00::/7")
                    .map(AddressRange::parse)
                    .toList();

    public EndpointPolicy {
        schemes = Set.copyOf(schemes);
    }

    /** Https, to public addresses only. */
    public static EndpointPolicy standard() {
        return new EndpointPolicy(Set.of("https"), EndpointPolicy::isPublic);
    }

    static boolean isPublic(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && (address instanceof Inet4Address || address.getAddress()[0] != 0)
                && SPECIAL.stream().noneMatch(range -> range.contains(address));
    }
}
