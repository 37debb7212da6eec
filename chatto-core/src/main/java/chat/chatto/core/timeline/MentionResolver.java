package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds out whom a body addresses. What addresses nobody is plain text. Safe for use by many threads. */
final class MentionResolver {

    private static final String HERE = "here";
    private static final String ALL = "all";

    private final MentionDirectory directory;

    MentionResolver(MentionDirectory directory) {
        this.directory = directory;
    }

    Mentions resolve(String body) {
        if (body.indexOf('@') < 0) {
            return Mentions.NONE;
        }
        var found = new Found();
        MentionScan.names(body).forEach(found::add);
        return found.mentions();
    }

    /** What one body addresses, as far as it has been read. */
    private final class Found {

        private final Set<UserId> users = new LinkedHashSet<>();
        private final Set<String> roles = new LinkedHashSet<>();
        private boolean here;
        private boolean all;

        /** A name may be followed by marks that could be part of it: the longest that means something counts. */
        void add(String written) {
            String name = written.toLowerCase(Locale.ROOT);
            while (!name.isEmpty() && !means(name)) {
                char last = name.charAt(name.length() - 1);
                if (last != '.' && last != '_' && last != '-') {
                    return;
                }
                name = name.substring(0, name.length() - 1);
            }
        }

        private boolean means(String name) {
            switch (name) {
                case HERE -> here = true;
                case ALL -> all = true;
                default -> {
                    Optional<UserId> user = directory.user(name);
                    user.ifPresent(users::add);
                    Optional<String> role =
                            user.isPresent() ? Optional.empty() : directory.role(name);
                    role.ifPresent(roles::add);
                    return user.isPresent() || role.isPresent();
                }
            }
            return true;
        }

        Mentions mentions() {
            return new Mentions(users.stream().toList(), roles.stream().toList(), here, all);
        }
    }
}
