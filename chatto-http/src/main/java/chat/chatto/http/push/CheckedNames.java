package chat.chatto.http.push;

import org.apache.hc.client5.http.SystemDefaultDnsResolver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/**
 * Looks names up and finds only addresses that the policy permits. A connection is made to what was checked here: a name that means
 * something else a moment later changes nothing.
 */
final class CheckedNames extends SystemDefaultDnsResolver {

    private final EndpointPolicy policy;

    CheckedNames(EndpointPolicy policy) {
        this.policy = policy;
    }

    /** @throws UnknownHostException also when it stands for addresses that are not permitted alone */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] permitted =
                Stream.of(super.resolve(host))
                        .filter(policy.addresses())
                        .toArray(InetAddress[]::new);
        if (permitted.length == 0) {
            throw new UnknownHostException(host + " has no public address");
        }
        return permitted;
    }
}
