package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    Addressees resolve(String body) {
        if (body.indexOf('@') < 0) {
            return Addressees.NONE;
        }
        var found = new Found();
        MentionScan.names(body).forEach(found::add);
        return found.addressees();
    }

    /** What one body addresses, as far as it has been read. */
    private final class Found {

        private final Map<UserId, String> users = new LinkedHashMap<>();
        private final Set<String> roles = new LinkedHashSet<>();
        private final List<String> unknown = new ArrayList<>();
        private boolean here;
        private boolean all;

        /** A name may be followed by marks that could be part of it: the longest that means something counts. */
        void add(String written) {
            for (int end = written.length(); end > 0; end--) {
                if (means(written.substring(0, end))) {
                    return;
                }
                char last = written.charAt(end - 1);
                if (last != '.' && last != '_' && last != '-') {
                    break;
                }
            }
            unknown.add(written);
        }

        private boolean means(String written) {
            String name = written.toLowerCase(Locale.ROOT);
            switch (name) {
                case HERE -> here = true;
                case ALL -> all = true;
                default -> {
                    Optional<UserId> user = directory.user(name);
                    user.ifPresent(person -> users.putIfAbsent(person, written));
                    Optional<String> role =
                            user.isPresent() ? Optional.empty() : directory.role(name);
                    role.ifPresent(roles::add);
                    return user.isPresent() || role.isPresent();
                }
            }
            return true;
        }

        Addressees addressees() {
            return new Addressees(
                    new Mentions(List.copyOf(users.keySet()), List.copyOf(roles), here, all),
                    users,
                    unknown);
        }
    }
}
