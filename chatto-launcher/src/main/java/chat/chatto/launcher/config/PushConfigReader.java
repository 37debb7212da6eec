package chat.chatto.launcher.config;

import chat.chatto.core.push.PushConfig;
import chat.chatto.core.push.VapidKey;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Reads how notifications are pushed; without a word of configuration they are, with a key that the first server makes. */
final class PushConfigReader {

    private static final Set<String> SUBJECTS = Set.of("mailto", "https");
    private static final URI NOWHERE = URI.create("http://localhost");

    private final Settings settings;
    private final Problems problems;

    PushConfigReader(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    PushConfig read() {
        PushConfig defaults = PushConfig.defaults(settings.find(Keys.WEB_URL).orElse(NOWHERE));
        return new PushConfig(
                settings.get(Keys.PUSH_ENABLED),
                key(),
                settings.find(Keys.PUSH_SUBJECT).flatMap(this::subject).orElse(defaults.subject()));
    }

    private Optional<VapidKey> key() {
        Optional<String> publicKey = settings.find(Keys.PUSH_PUBLIC_KEY);
        Optional<Secret> privateKey = settings.find(Keys.PUSH_PRIVATE_KEY);
        if (publicKey.isEmpty() && privateKey.isEmpty()) {
            return Optional.empty();
        }
        if (publicKey.isEmpty() || privateKey.isEmpty()) {
            problems.add(
                    settings.placeOf(
                            publicKey.isEmpty() ? Keys.PUSH_PRIVATE_KEY : Keys.PUSH_PUBLIC_KEY),
                    "push.vapid_public_key and push.vapid_private_key belong together: set both, or"
                            + " neither to have a pair made");
            return Optional.empty();
        }
        try {
            return Optional.of(VapidKey.parse(publicKey.get(), privateKey.get().value()));
        } catch (IllegalArgumentException e) {
            problems.add(
                    settings.placeOf(Keys.PUSH_PUBLIC_KEY),
                    "push.vapid_public_key and push.vapid_private_key are no VAPID keys: "
                            + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<URI> subject(String text) {
        try {
            URI subject = URI.create(text);
            if (SUBJECTS.contains(String.valueOf(subject.getScheme()))) {
                return Optional.of(subject);
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for any other text.
        }
        problems.add(
                settings.placeOf(Keys.PUSH_SUBJECT),
                "push.vapid_subject must be an address that push services can reach you by, such as"
                        + " mailto:operator@example.com or https://example.com");
        return Optional.empty();
    }
}
