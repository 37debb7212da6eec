package chat.chatto.core.push;

import java.net.URI;
import java.time.Duration;

/**
 * A message to a push service.
 *
 * @param authorization the value of that header
 * @param timeToLive for how long the service keeps it for a device that is away, whole seconds
 * @param topic what it replaces if that was not delivered yet: at most 32 characters of base64url
 * @param body encrypted with the coding aes128gcm
 */
public record PushRequest(
        URI endpoint, String authorization, Duration timeToLive, String topic, byte[] body) {}
