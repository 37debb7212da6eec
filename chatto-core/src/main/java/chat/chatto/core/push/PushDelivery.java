package chat.chatto.core.push;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserId;
import chat.chatto.core.notification.Attention;
import chat.chatto.core.notification.AttentionEvent;
import chat.chatto.core.readstate.ReadPositions;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.Following;
import chat.chatto.storage.Leases;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;

/** Pushes what people are alerted of; the work of whichever server holds the lease. */
final class PushDelivery implements Leases.Job {

    private static final Logger LOG = LoggerFactory.getLogger(PushDelivery.class);
    private static final Duration SAVING = Duration.ofMillis(500);

    private final ServerBucket server;
    private final Attention attention;
    private final ReadPositions positions;
    private final Devices devices;
    private final PushPost post;
    private final InstantSource clock;

    PushDelivery(
            ServerBucket server,
            Attention attention,
            ReadPositions positions,
            Devices devices,
            PushPost post,
            InstantSource clock) {
        this.server = server;
        this.attention = attention;
        this.positions = positions;
        this.devices = devices;
        this.post = post;
        this.clock = clock;
    }

    @Override
    public void run(Leases.Lease lease) throws InterruptedException {
        PushProgress progress =
                PushProgress.of(server, attention.incarnation(), attention.newest());
        try (var lanes = new PushLanes()) {
            var alerts =
                    new AlertDelivery(
                            attention.notifications(), devices, post, lanes, progress, clock);
            Runnable reading = positions.onChange(update -> read(alerts, update.user()));
            Runnable seeing =
                    attention.onEvent(
                            event -> {
                                switch (event) {
                                    case AttentionEvent.Notified _ -> {
                                        // Followed below, from where the last one stopped.
                                    }
                                    case AttentionEvent.NotificationsSeen(var user) ->
                                            read(alerts, user);
                                    case AttentionEvent.ThreadsChanged(var user) ->
                                            read(alerts, user);
                                }
                            });
            try (Following following = attention.follow(progress.begin(), alerts::take)) {
                saveWhile(lease, following, progress);
            } finally {
                reading.run();
                seeing.run();
            }
        }
    }

    private static void read(AlertDelivery alerts, UserId user) {
        alerts.read(user);
    }

    private static void saveWhile(Leases.Lease lease, Following following, PushProgress progress)
            throws InterruptedException {
        while (lease.held() && !following.failed()) {
            Thread.sleep(SAVING);
            try {
                progress.save();
            } catch (ConflictException e) {
                LOG.info("Another server pushes notifications now");
                return;
            } catch (ChattoException e) {
                LOG.warn("How far notifications were pushed is not stored: {}", e.getMessage());
            }
        }
    }
}
