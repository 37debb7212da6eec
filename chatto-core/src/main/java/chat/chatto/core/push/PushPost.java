package chat.chatto.core.push;

import chat.chatto.core.Ids;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

/** Makes and sends one message to one device. Safe for use by many threads. */
final class PushPost {

    private static final int TOPIC_CHARACTERS = 32;

    private final VapidKey key;
    private final URI subject;
    private final PayloadEncryption encryption;
    private final PushEncoding encoding;
    private final PushGateway gateway;
    private final InstantSource clock;

    PushPost(
            VapidKey key,
            URI subject,
            PayloadEncryption encryption,
            PushEncoding encoding,
            PushGateway gateway,
            InstantSource clock) {
        this.key = key;
        this.subject = subject;
        this.encryption = encryption;
        this.encoding = encoding;
        this.gateway = gateway;
        this.clock = clock;
    }

    /** @param timeToLive for how long the push service keeps it for a device that is away */
    PushOutcome send(Device device, PushContent content, Duration timeToLive)
            throws InterruptedException {
        return gateway.send(
                new PushRequest(
                        device.endpoint(),
                        key.authorization(device.endpoint(), subject, clock.instant()),
                        timeToLive,
                        topic(content),
                        encryption.encrypt(device.keys(), encoding.encode(content))));
    }

    private static String topic(PushContent content) {
        return Base64.getUrlEncoder()
                .encodeToString(Ids.digest(List.of(content.tag())))
                .substring(0, TOPIC_CHARACTERS);
    }
}
