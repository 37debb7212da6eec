package chat.chatto.acceptance.chaos;

import chat.chatto.acceptance.chaos.Checker.Breach;
import chat.chatto.acceptance.chaos.Checker.Finding;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What came out.
 *
 * @param millis how long the run took
 * @param differences between what servers and listeners show and what is stored
 * @param surprises answers that nobody should get
 */
record ChaosResult(
        long seed,
        long millis,
        List<Window> windows,
        List<Attempt> attempts,
        List<Deed> deeds,
        List<Finding> findings,
        List<String> differences,
        List<String> surprises) {

    ChaosResult {
        windows = List.copyOf(windows);
        attempts = List.copyOf(attempts);
        deeds = List.copyOf(deeds);
        findings = List.copyOf(findings);
        differences = List.copyOf(differences);
        surprises = List.copyOf(surprises);
    }

    boolean passed() {
        return findings.isEmpty() && differences.isEmpty() && surprises.isEmpty();
    }

    long acknowledgedPosts() {
        return deeds.stream()
                .filter(deed -> deed instanceof Deed.Post post && post.ordinal().isPresent())
                .count();
    }

    long acknowledgedChanges() {
        return deeds.stream()
                .filter(
                        deed ->
                                switch (deed) {
                                    case Deed.Post _ -> false;
                                    case Deed.Edit edit -> edit.outcome().acknowledged();
                                    case Deed.Reaction reaction ->
                                            reaction.outcome().acknowledged();
                                })
                .count();
    }

    long count(Breach breach) {
        return findings.stream().filter(finding -> finding.breach() == breach).count();
    }

    /** What clients noticed of each fault, by the fault. */
    Map<Fault, List<Availability>> availability() {
        Map<Fault, List<Availability>> all = new EnumMap<>(Fault.class);
        for (Window window : windows) {
            all.computeIfAbsent(window.fault(), _ -> new ArrayList<>())
                    .add(Availability.during(window, attempts));
        }
        return all;
    }
}
