package chat.chatto.core.push;

import java.net.URI;
import java.util.Optional;

/**
 * What an operator decides about push notifications.
 *
 * @param enabled {@code push.enabled}
 * @param key {@code push.vapid_public_key} and {@code push.vapid_private_key}; empty for one that the first server makes and all keep
 * @param subject {@code push.vapid_subject}: how push services can reach who runs this installation, mailto or https
 */
public record PushConfig(boolean enabled, Optional<VapidKey> key, URI subject) {

    /** What holds where the operator says nothing. */
    public static PushConfig defaults(URI publicUrl) {
        return new PushConfig(
                true,
                Optional.empty(),
                "https".equals(publicUrl.getScheme())
                        ? publicUrl
                        : URI.create("mailto:push@" + publicUrl.getHost()));
    }
}
