package chat.chatto.core.push;

import java.net.URI;
import java.time.Instant;

/**
 * A browser that notifications are pushed to.
 *
 * @param id unique among the person's devices
 * @param name 1 to {@value Devices#NAME_CHARACTERS} code points
 * @param endpoint where its push service takes messages for it
 * @param preview whether notifications tell how the message begins
 */
public record Device(
        String id, String name, URI endpoint, DeviceKeys keys, boolean preview, Instant createdAt) {

    /** The name of the push service: its host. */
    public String service() {
        return endpoint.getHost();
    }

    Device with(String otherName, boolean otherPreview) {
        return new Device(id, otherName, endpoint, keys, otherPreview, createdAt);
    }
}
