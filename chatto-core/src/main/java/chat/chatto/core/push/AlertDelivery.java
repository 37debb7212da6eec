package chat.chatto.core.push;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserId;
import chat.chatto.core.notification.AttentionEvent;
import chat.chatto.core.notification.Notification;
import chat.chatto.core.notification.Notifications;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Brings alerts to devices, in time or not at all, and takes them away when they were read. Safe for use by many threads. */
final class AlertDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(AlertDelivery.class);

    /** Nobody is alerted of anything older. */
    static final Duration WINDOW = Duration.ofMinutes(2);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Questions to storage at once, after somebody's devices. */
    private static final int LOOKING = 32;

    /** Its people give up on a site that is told things without showing anything. */
    private static final String NEVER_SILENT = ".push.apple.com";

    private final Notifications notifications;
    private final Devices devices;
    private final PushPost post;
    private final PushLanes lanes;
    private final PushProgress progress;
    private final InstantSource clock;
    private final ShownAlerts shown = new ShownAlerts();
    private final Semaphore looking = new Semaphore(LOOKING);

    AlertDelivery(
            Notifications notifications,
            Devices devices,
            PushPost post,
            PushLanes lanes,
            PushProgress progress,
            InstantSource clock) {
        this.notifications = notifications;
        this.devices = devices;
        this.post = post;
        this.lanes = lanes;
        this.progress = progress;
        this.clock = clock;
    }

    /** Takes what somebody was notified of, in order, on one thread. It waits for storage at most, never for a push service. */
    void take(AttentionEvent.Notified notified) {
        if (!progress.take(notified.sequence())) {
            return;
        }
        if (!notified.insistent() || left(notified).isEmpty() || !devices.has(notified.user())) {
            progress.done(notified.sequence());
            return;
        }
        looking.acquireUninterruptibly();
        lanes.fork(
                () -> {
                    try {
                        distribute(notified, devices.of(notified.user()));
                    } catch (ChattoException e) {
                        LOG.warn("An alert is not pushed: {}", e.getMessage());
                        progress.done(notified.sequence());
                    } finally {
                        looking.release();
                    }
                });
    }

    private void distribute(AttentionEvent.Notified notified, List<Device> all) {
        var open = new AtomicInteger(all.size());
        if (all.isEmpty()) {
            progress.done(notified.sequence());
        }
        for (Device device : all) {
            boolean taken =
                    lanes.submit(
                            device.service(),
                            () -> {
                                deliver(notified, device);
                                finish(notified, open);
                            });
            if (!taken) {
                LOG.warn("Too much waits for {}: an alert is not pushed", device.service());
                finish(notified, open);
            }
        }
    }

    private void finish(AttentionEvent.Notified notified, AtomicInteger open) {
        if (open.decrementAndGet() == 0) {
            progress.done(notified.sequence());
        }
    }

    private void deliver(AttentionEvent.Notified notified, Device device)
            throws InterruptedException {
        try {
            Duration pause = FIRST_PAUSE;
            for (Optional<Duration> left = left(notified);
                    left.isPresent();
                    left = left(notified)) {
                Optional<Duration> after = attempt(notified, device, left.get());
                if (after.isEmpty()) {
                    return;
                }
                Duration wait = after.get().compareTo(pause) > 0 ? after.get() : pause;
                if (wait.compareTo(left.get()) >= 0) {
                    return;
                }
                Thread.sleep(wait);
                pause =
                        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                                ? LONGEST_PAUSE
                                : pause.multipliedBy(2);
            }
        } catch (RuntimeException e) {
            LOG.error("An alert is not pushed to a device of {}", notified.user(), e);
        }
    }

    /** @return how long to wait at least before another attempt; empty when there is to be none */
    private Optional<Duration> attempt(
            AttentionEvent.Notified notified, Device device, Duration left)
            throws InterruptedException {
        try {
            Optional<Notification> unread = notifications.open(notified);
            if (unread.isEmpty()) {
                return Optional.empty();
            }
            var alert = new PushContent.Alert(notified.user(), unread.get(), device.preview());
            return switch (post.send(device, alert, left)) {
                case PushOutcome.Accepted _ -> {
                    shown.add(new ShownAlerts.Shown(notified, alert.tag(), device));
                    yield Optional.empty();
                }
                case PushOutcome.Gone _ -> {
                    devices.removeGone(notified.user(), device);
                    yield Optional.empty();
                }
                case PushOutcome.Refused(var why) -> {
                    LOG.warn("{} refuses an alert: {}", device.service(), why);
                    yield Optional.empty();
                }
                case PushOutcome.Later(var after, var why) -> {
                    LOG.debug("{} takes no alert at the moment: {}", device.service(), why);
                    yield Optional.of(after.orElse(Duration.ZERO));
                }
            };
        } catch (ChattoException e) {
            return Optional.of(Duration.ZERO);
        }
    }

    /** What is left of the time in which somebody may be alerted. */
    private Optional<Duration> left(AttentionEvent.Notified notified) {
        Instant end = notified.at().plus(WINDOW);
        return Optional.of(Duration.between(clock.instant(), end)).filter(Duration::isPositive);
    }

    /** Somebody has read something: what devices show of it is taken away. */
    void read(UserId user) {
        if (!shown.of(user).isEmpty()) {
            lanes.fork(() -> takeAway(user));
        }
    }

    private void takeAway(UserId user) {
        for (ShownAlerts.Shown one : shown.of(user)) {
            Device device = one.device();
            if (notifications.open(one.notified()).isEmpty()
                    && shown.remove(one)
                    && !device.service().endsWith(NEVER_SILENT)) {
                lanes.submit(
                        device.service(),
                        () -> post.send(device, new PushContent.Read(user, one.tag()), WINDOW));
            }
        }
    }
}
