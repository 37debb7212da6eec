package chat.chatto.acceptance.chaos;

import chat.chatto.acceptance.chaos.Deed.Outcome;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Compares what clients were told with what the timelines hold in the end. A deed without an acknowledgement may have had its effect or not,
 * at any time after it was begun; an acknowledged one must have had it, once, where it was said to be, and in the order in which
 * its author did things.
 */
final class Checker {

    /** What is wrong with a run. */
    enum Breach {
        /** Acknowledged, but not there. */
        LOST,
        /** There more than once. */
        DOUBLED,
        /** Not at the place that was acknowledged, or before something that its author did earlier. */
        REORDERED,
        /** There, but nobody posted it, or numbers are missing between messages. */
        INVENTED,
        LOST_EDIT,
        LOST_REACTION
    }

    record Finding(Breach breach, String what) {}

    private final Map<String, List<Line>> timelines;
    private final List<Finding> findings = new ArrayList<>();

    private record Place(String room, long ordinal) {}

    private Checker(Map<String, List<Line>> timelines) {
        this.timelines = timelines;
    }

    /**
     * Checks a run.
     *
     * @param deeds those of one author in the order in which they were done
     * @param timelines by room, all that is there in the end, in order
     */
    static List<Finding> check(List<Deed> deeds, Map<String, List<Line>> timelines) {
        Checker checker = new Checker(timelines);
        checker.checkNumbers();
        checker.checkPosts(ofType(deeds, Deed.Post.class));
        checker.checkEdits(ofType(deeds, Deed.Edit.class));
        checker.checkReactions(ofType(deeds, Deed.Reaction.class));
        return List.copyOf(checker.findings);
    }

    private static <D extends Deed> List<D> ofType(List<Deed> deeds, Class<D> type) {
        return deeds.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void checkNumbers() {
        timelines.forEach(
                (room, lines) -> {
                    for (int i = 0; i < lines.size(); i++) {
                        if (lines.get(i).ordinal() != i) {
                            find(
                                    Breach.INVENTED,
                                    "%s has number %d in place %d"
                                            .formatted(room, lines.get(i).ordinal(), i));
                            return;
                        }
                    }
                });
    }

    private void checkPosts(List<Deed.Post> posts) {
        Map<String, Deed.Post> byToken = new HashMap<>();
        posts.forEach(post -> byToken.put(post.token(), post));
        Map<String, Place> places = new HashMap<>();
        timelines.forEach(
                (room, lines) -> {
                    for (Line line : lines) {
                        Deed.Post post = byToken.get(line.token());
                        if (post == null
                                || !post.author().equals(line.login())
                                || !post.room().equals(room)) {
                            find(Breach.INVENTED, "nobody posted %s to %s".formatted(line, room));
                        } else if (places.putIfAbsent(line.token(), new Place(room, line.ordinal()))
                                != null) {
                            find(Breach.DOUBLED, "%s is in %s once more".formatted(line, room));
                        }
                    }
                });
        Map<String, Long> lastOf = new HashMap<>(); // by author and room
        for (Deed.Post post : posts) {
            checkPost(post, Optional.ofNullable(places.get(post.token())), lastOf);
        }
    }

    private void checkPost(Deed.Post post, Optional<Place> found, Map<String, Long> lastOf) {
        if (found.isEmpty()) {
            if (post.ordinal().isPresent()) {
                find(Breach.LOST, "%s is not there".formatted(post));
            }
            return;
        }
        long ordinal = found.get().ordinal();
        if (post.ordinal().isPresent() && post.ordinal().getAsLong() != ordinal) {
            find(Breach.REORDERED, "%s is at %d".formatted(post, ordinal));
        }
        if (post.ordinal().isPresent()) {
            Long previous = lastOf.put(post.author() + " in " + post.room(), ordinal);
            if (previous != null && previous > ordinal) {
                find(
                        Breach.REORDERED,
                        "%s is at %d, before %d, which came first"
                                .formatted(post, ordinal, previous));
            }
        }
    }

    private void checkEdits(List<Deed.Edit> edits) {
        Map<Place, List<Deed.Edit>> byPlace = new HashMap<>();
        for (Deed.Edit edit : edits) {
            byPlace.computeIfAbsent(new Place(edit.room(), edit.ordinal()), _ -> new ArrayList<>())
                    .add(edit);
        }
        byPlace.forEach(
                (place, all) -> {
                    Optional<Line> line = line(place);
                    if (line.isEmpty()) {
                        return; // found as a lost post
                    }
                    Set<String> allowed = new HashSet<>();
                    boolean any = false;
                    for (Deed.Edit edit : possible(all, Deed.Edit::outcome)) {
                        allowed.add(edit.body());
                        any |= edit.outcome().acknowledged();
                    }
                    String body = line.get().body();
                    if (any && !allowed.contains(body)) {
                        find(
                                Breach.LOST_EDIT,
                                "%s at %s, where %s was acknowledged"
                                        .formatted(line.get(), place, all.getLast()));
                    }
                });
    }

    private void checkReactions(List<Deed.Reaction> reactions) {
        Map<String, List<Deed.Reaction>> byPlaceAndEmoji = new HashMap<>();
        for (Deed.Reaction reaction : reactions) {
            String key = reaction.room() + "/" + reaction.ordinal() + "/" + reaction.emoji();
            byPlaceAndEmoji.computeIfAbsent(key, _ -> new ArrayList<>()).add(reaction);
        }
        for (List<Deed.Reaction> all : byPlaceAndEmoji.values()) {
            Deed.Reaction any = all.getFirst();
            Optional<Line> line = line(new Place(any.room(), any.ordinal()));
            if (line.isEmpty()) {
                continue; // found as a lost post
            }
            List<Deed.Reaction> possible = possible(all, Deed.Reaction::outcome);
            int count = line.get().reactions().getOrDefault(any.emoji(), 0);
            boolean explained =
                    possible.stream().anyMatch(one -> one.present() == (count == 1))
                            || possible.stream().noneMatch(one -> one.outcome().acknowledged());
            if (count > 1 || !explained) {
                find(
                        Breach.LOST_REACTION,
                        "%s has %s %d times, after %s"
                                .formatted(line.get(), any.emoji(), count, all.getLast()));
            }
        }
    }

    /**
     * Those of the deeds on one thing that may be the last to have had their effect: the last acknowledged one, and every one of which an
     * attempt was left without an answer.
     */
    private static <D> List<D> possible(List<D> deeds, Function<D, Outcome> outcome) {
        Predicate<D> certain = deed -> outcome.apply(deed) == Outcome.ACKNOWLEDGED;
        int last = -1;
        for (int i = 0; i < deeds.size(); i++) {
            if (outcome.apply(deeds.get(i)).acknowledged()) {
                last = i;
            }
        }
        List<D> possible = new ArrayList<>();
        for (int i = 0; i < deeds.size(); i++) {
            if (i == last || !certain.test(deeds.get(i))) {
                possible.add(deeds.get(i));
            }
        }
        return possible;
    }

    private Optional<Line> line(Place place) {
        List<Line> lines = timelines.getOrDefault(place.room(), List.of());
        return place.ordinal() < lines.size()
                ? Optional.of(lines.get((int) place.ordinal()))
                : Optional.empty();
    }

    private void find(Breach breach, String what) {
        findings.add(new Finding(breach, what));
    }

    /**
     * Where one view of the timelines differs from another.
     *
     * @return at most one difference a room
     */
    static List<String> differences(
            String whose, Map<String, List<Line>> seen, Map<String, List<Line>> stored) {
        List<String> differences = new ArrayList<>();
        stored.forEach(
                (room, lines) -> {
                    List<Line> others = seen.getOrDefault(room, List.of());
                    for (int i = 0; i < Math.max(lines.size(), others.size()); i++) {
                        Object here = i < others.size() ? others.get(i) : "nothing";
                        Object there = i < lines.size() ? lines.get(i) : "nothing";
                        if (!here.equals(there)) {
                            differences.add(
                                    "%s shows %s in %s where %s is stored"
                                            .formatted(whose, here, room, there));
                            return;
                        }
                    }
                });
        return differences;
    }
}
